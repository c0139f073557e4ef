package qcc.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.ir.Interval;

class NormalTest {

    /** Tables of the distribution. */
    @Test
    void probabilitiesAreThoseOfTheTables() {
        assertThat(Normal.cumulative(0)).isEqualTo(0.5);
        assertThat(Normal.cumulative(1)).isEqualTo(0.841344746068543, within(1e-14));
        assertThat(Normal.cumulative(-1.96)).isEqualTo(0.024997895148220, within(1e-14));
        assertThat(Normal.cumulative(5)).isEqualTo(0.999999713348428, within(1e-14));
        assertThat(Normal.cumulative(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Normal.density(0)).isEqualTo(0.398942280401433, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0, Infinity", "-3, 1, 0, Infinity", "1.5, 0.7, 0, 2", "2, 3, -1, 6", "1, 2, -Infinity, Infinity",
        "4, 0, 0, 6", "-4, 0, 0, 6"})
    void clampedMeansAreThoseOfManyDraws(double mean, double deviation, double low, double high) {
        Interval clamp = new Interval(low, high);
        Random random = new Random(1);
        double sum = 0;
        int draws = 400_000;
        for (int i = 0; i < draws; i++) {
            sum += clamp.clamp(mean + deviation * random.nextGaussian());
        }
        assertThat(Normal.clampedMean(mean, deviation, clamp)).isEqualTo(sum / draws, within(0.01));
    }
}
