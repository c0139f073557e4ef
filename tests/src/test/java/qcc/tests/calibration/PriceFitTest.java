package qcc.tests.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PriceFitTest {
    private static PriceFit.Equation equation(double a, double b, double count) {
        return new PriceFit.Equation(new double[] {1, a, b}, count, 1 / count);
    }

    @Test
    void exactPricesAreFound() {
        Random random = new Random(1);
        List<PriceFit.Equation> equations = Stream.generate(() -> {
            double a = random.nextInt(1000);
            double b = random.nextInt(100_000);
            return equation(a, b, 120 + 14.5 * a + 0.75 * b);
        }).limit(40).toList();
        double[] prices = PriceFit.of(equations);
        assertThat(prices[0]).isCloseTo(120, within(0.5));
        assertThat(prices[1]).isCloseTo(14.5, within(0.01));
        assertThat(prices[2]).isCloseTo(0.75, within(0.001));
    }

    @Test
    void noPriceIsNegativeAndWhatNeverOccursIsFree() {
        double[] prices = PriceFit.of(List.of(equation(1, 0, 100), equation(2, 0, 90), equation(3, 0, 80)));
        assertThat(prices).containsExactly(new double[] {prices[0], 0, 0});
        assertThat(prices[0]).isBetween(80.0, 100.0);
    }
}
