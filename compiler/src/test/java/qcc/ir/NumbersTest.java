package qcc.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scales, quantisations and intervals. */
class NumbersTest {

    @Test
    void scalesAreExactAndUnique() {
        assertThat(new Scale(12, -5)).isEqualTo(new Scale(3, -3)).hasToString("3*2^-3");
        assertThat(new Scale(1L << 20, -20)).isEqualTo(Scale.powerOfTwo(0)).hasToString("2^0");
        assertThat(new Scale(3, -3).toDouble()).isEqualTo(0.375);
        assertThat(new Scale(3, 2).isPowerOfTwo()).isFalse();
        assertThatThrownBy(() -> new Scale(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scale(-4, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dyadicScalesKeepTwentyFourBits() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            double value = Math.scalb(1 + random.nextDouble(), random.nextInt(200) - 100);
            Scale scale = Scale.dyadic(value);
            assertThat(scale.mantissa()).isLessThanOrEqualTo(1L << 24);
            assertThat(scale.toDouble() / value).isEqualTo(1, within(Math.scalb(1.0, -24)));
        }
        assertThat(Scale.dyadic(0.125)).isEqualTo(Scale.powerOfTwo(-3));
        assertThat(Scale.dyadic(Math.nextDown(2.0))).isEqualTo(Scale.powerOfTwo(1));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "0.25, 6", "0.125, 6", "-0.125, 5", "0.124, 5", "-0.126, 4", "30.5, 127", "30.6, 127",
        "1e30, 127", "-33.25, -128", "-1e30, -128"})
    void integersAreNearestTiesUp(double real, int expected) {
        assertThat(new Quantization(Scale.powerOfTwo(-2), 5).quantize(real)).isEqualTo(expected);
    }

    @Test
    void everyIntegerSurvivesTheRoundTrip() {
        for (Scale scale : new Scale[] {Scale.powerOfTwo(-7), Scale.dyadic(0.0123), Scale.dyadic(1e20),
            Scale.powerOfTwo(-120)}) {
            for (int zero : new int[] {-128, 0, 127}) {
                Quantization quantization = new Quantization(scale, zero);
                for (int q = -128; q <= 127; q++) {
                    assertThat(quantization.quantize(quantization.dequantize(q))).isEqualTo(q);
                }
                assertThat(quantization.dequantize(zero)).isZero();
            }
        }
        assertThatThrownBy(() -> new Quantization(Scale.powerOfTwo(0), 128)).hasMessage("zero point 128 of int8");
    }

    @Test
    void clampsAfterEachOther() {
        Interval relu = new Interval(0, Double.POSITIVE_INFINITY);
        assertThat(Interval.ALL.then(relu)).isEqualTo(relu);
        assertThat(relu.then(new Interval(-1, 6))).isEqualTo(new Interval(0, 6));
        assertThat(new Interval(2, 3).then(new Interval(-1, 1))).isEqualTo(new Interval(1, 1));
        assertThat(new Interval(-1, 1).then(new Interval(2, 3))).isEqualTo(new Interval(2, 2));
        assertThat(new Interval(2, 3).withZero()).isEqualTo(new Interval(0, 3));
        assertThat(new Interval(-3, -2).withZero()).isEqualTo(new Interval(-3, 0));
        assertThatThrownBy(() -> new Interval(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
