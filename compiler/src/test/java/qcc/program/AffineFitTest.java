package qcc.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qcc.ops.Dense;
import qcc.ops.Requantization;
import qcc.ops.WeightedSum;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

class AffineFitTest {
    private static final int INPUTS = 9;

    /** A dense layer of a single output. */
    private static WeightedSum sum(Random random, Requantization.Rule rule, int largestWeight, int bias) {
        IntTensor weights = IntTensor.zeros(Shape.of(1, INPUTS));
        for (int k = 0; k < INPUTS; k++) {
            weights.set(k, random.nextInt(2 * largestWeight + 1) - largestWeight);
        }
        return new Dense.Int8(new Dense.Geometry(INPUTS, 1), weights, IntTensor.vector(bias),
                new Requantization(rule, -128, 127));
    }

    private static Requantization.Rule tflite(Random random, double factor, int zero) {
        return Requantization.Tflite.of(List.of(QuantizedMultiplier.of(factor, RoundingSteps.DOUBLE)),
                random.nextBoolean() ? RoundingSteps.DOUBLE : RoundingSteps.SINGLE, zero);
    }

    /** All accumulators that can occur, those of zero weights too: results of the old bias and rule, and of the new. */
    private static void assertSame(WeightedSum given, WeightedSum fitted) {
        int reach = 0;
        int positive = 0;
        for (int k = 0; k < INPUTS; k++) {
            int weight = given.weights().get(k);
            reach += Math.abs(weight) * 255;
            positive += weight > 0 ? -128 * weight : 127 * weight;
        }
        boolean constant = fitted.weights().size() > 0 && allZero(fitted.weights());
        for (int i = 0; i <= reach; i++) {
            int products = positive + i;
            int other = fitted.bias().get(0) + (constant ? 0 : products);
            int expected = given.requantization().apply(0, given.bias().get(0) + products);
            if (fitted.requantization().apply(0, other) != expected) {
                assertThat(fitted.requantization().apply(0, other)).as("%s, products %d", given, products)
                        .isEqualTo(expected);
            }
        }
    }

    private static boolean allZero(IntTensor weights) {
        for (int k = 0; k < weights.size(); k++) {
            if (weights.get(k) != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void everyAccumulatorHasTheSameResult() {
        Random random = new Random(1);
        int found = 0;
        for (int i = 0; i < 300; i++) {
            double factor = Math.scalb(1 + random.nextDouble(), -random.nextInt(14) - 6);
            int zero = random.nextBoolean() ? -128 : random.nextInt(256) - 128;
            Requantization.Rule rule = i % 3 > 0 ? tflite(random, factor, zero)
                    : new Requantization.Multiply(IntTensor.vector((int) Math.scalb(factor, 32)), 0, zero);
            WeightedSum given = sum(random, rule, 1 + random.nextInt(127), random.nextInt(20001) - 10000);
            Optional<WeightedSum> fitted = AffineFit.of(given);
            found += fitted.isPresent() ? 1 : 0;
            fitted.ifPresent(sum -> assertSame(given, sum));
        }
        assertThat(found).as("of 300").isGreaterThan(270);
    }

    /** Results that never change need no products, however far their zero point is from the bias. */
    @Test
    void constantChannelsHaveNoWeights() {
        Random random = new Random(2);
        WeightedSum given = sum(random, tflite(random, Math.scalb(1.05, -20), -128), 40, 5 << 20);
        WeightedSum fitted = AffineFit.of(given).orElseThrow();
        assertThat(allZero(fitted.weights())).isTrue();
        assertSame(given, fitted);
    }

    @Test
    void otherwiseTheRuleStays() {
        Random random = new Random(3);
        assertThat(AffineFit.of(sum(random, new Requantization.Shift(IntTensor.vector(9)), 99, 0)))
                .as("a shift takes fewer instructions").isEmpty();
        assertThat(AffineFit.of(sum(random, tflite(random, 0.4, 0), 99, 0))).as("a factor of 2^31 and more").isEmpty();
        WeightedSum narrow = sum(random, tflite(random, 0.01, 0), 99, 0);
        assertThat(AffineFit.of(narrow.with(narrow.weights(), narrow.bias(),
                new Requantization(narrow.requantization().rule(), 0, 127)))).as("other bounds").isEmpty();
    }
}
