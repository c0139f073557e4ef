package qcc.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.model.RangeMethod;
import qcc.ops.Scales;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** From distributions of values to scales: what each method promises, on distributions made for it. */
class ActivationScalesTest {
    private static final RangeMethod MIN_MAX = new RangeMethod.MinMax();
    private static final RangeMethod MSE = new RangeMethod.LeastSquares();

    private static Histogram histogram(double... values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        Histogram histogram = new Histogram(new Interval(low, high));
        for (double value : values) {
            histogram.add(value);
        }
        return histogram;
    }

    private static double error(Quantization q, double... values) {
        double error = 0;
        for (double value : values) {
            error += Math.pow(value - q.dequantize(q.quantize(value)), 2);
        }
        return error;
    }

    @ParameterizedTest
    @CsvSource({"POWER_OF_TWO, false", "POWER_OF_TWO, true", "DYADIC, false", "DYADIC, true"})
    void minMaxClipsNothingBeyondAStep(Scales kind, boolean symmetric) {
        Random random = new Random(1);
        ActivationScales scales = new ActivationScales(kind, symmetric, MIN_MAX);
        for (int i = 0; i < 5_000; i++) {
            double a = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4);
            double b = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
            Interval range = new Interval(Math.min(a, b), Math.max(a, b)).withZero();
            Quantization q = scales.covering(range);
            double step = q.scale().toDouble();
            assertThat(q.dequantize(q.quantize(range.low()))).isEqualTo(range.low(), within(1.00001 * step));
            assertThat(q.dequantize(q.quantize(range.high()))).isEqualTo(range.high(), within(1.00001 * step));
            assertThat(q.dequantize(q.quantize(0))).isZero();
            assertThat(step).isLessThanOrEqualTo((kind == Scales.DYADIC ? 1.0001 : 2.01)
                    * (symmetric ? 2 * Math.max(-range.low(), range.high()) : range.high() - range.low()) / 255);
            if (symmetric) {
                assertThat(q.zeroPoint()).isZero();
            }
            if (kind == Scales.POWER_OF_TWO) {
                assertThat(q.scale().isPowerOfTwo()).isTrue();
            }
        }
    }

    /** 256 steps reach from one end to the other, as 2^-6 from -2 to 1.984; a zero point that is rounded may need more. */
    @Test
    void aPowerOfTwoMayMissOneEndByAStep() {
        ActivationScales scales = new ActivationScales(Scales.POWER_OF_TWO, false, MIN_MAX);
        assertThat(scales.covering(new Interval(-2, 2))).isEqualTo(new Quantization(Scale.powerOfTwo(-6), 0));
        assertThat(scales.covering(new Interval(0, 1))).isEqualTo(new Quantization(Scale.powerOfTwo(-8), -128));
        assertThat(scales.covering(new Interval(0, 256)).scale()).isEqualTo(Scale.powerOfTwo(0));
        assertThat(scales.covering(new Interval(0, 256.1)).scale()).isEqualTo(Scale.powerOfTwo(1));
        assertThat(scales.covering(new Interval(-100.4, 155.5)).scale()).isEqualTo(Scale.powerOfTwo(0));
        assertThat(new ActivationScales(Scales.POWER_OF_TWO, true, MIN_MAX).covering(new Interval(-1, 128)))
                .isEqualTo(new Quantization(Scale.powerOfTwo(0), 0));
    }

    /** Shifts only tie scales to one another: those of activations are as free as dyadic ones. */
    @Test
    void shiftsLeaveActivationsFree() {
        Histogram values = histogram(new Random(5).doubles(5000, -0.7, 2.3).toArray());
        for (RangeMethod method : new RangeMethod[] {MIN_MAX, MSE}) {
            assertThat(new ActivationScales(Scales.SHIFT, false, method).choose(values))
                    .isEqualTo(new ActivationScales(Scales.DYADIC, false, method).choose(values));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-25, 1e-20, 1e-10, 1e10, 1e25})
    void magnitudeDoesNotMatter(double reach) {
        for (Scales kind : Scales.values()) {
            for (RangeMethod method : new RangeMethod[] {MIN_MAX, MSE, new RangeMethod.Percentile(99)}) {
                Quantization q = new ActivationScales(kind, false, method)
                        .choose(histogram(-reach, -reach / 2, 0, reach / 3, reach));
                assertThat(q.scale().toDouble()).isBetween(2 * reach / 256 / 8, 2.01 * 2 * reach / 255);
            }
        }
    }

    @Test
    void valuesThatAreAllZeroHaveAScale() {
        for (Scales kind : Scales.values()) {
            for (RangeMethod method : new RangeMethod[] {MIN_MAX, MSE, new RangeMethod.Percentile(99)}) {
                assertThat(new ActivationScales(kind, false, method).choose(histogram(0, 0, 0)))
                        .isEqualTo(new Quantization(Scale.powerOfTwo(-7), 0));
            }
        }
    }

    @Test
    void oneConstantValueIsRepresented() {
        for (double value : new double[] {5, -0.3}) {
            Quantization q = new ActivationScales(Scales.DYADIC, false, MIN_MAX).choose(histogram(value, value));
            assertThat(q.dequantize(q.quantize(value))).isEqualTo(value, within(1e-6));
        }
    }

    private static double[] uniformWithOutlier() {
        double[] values = new Random(3).doubles(100_000, 0, 1).toArray();
        values[17] = 40;
        return values;
    }

    @Test
    void percentilesLeaveOutliersOut() {
        double[] values = uniformWithOutlier();
        Quantization all = new ActivationScales(Scales.DYADIC, false, MIN_MAX).choose(histogram(values));
        assertThat(all.scale().toDouble() * 255).isEqualTo(40, within(0.01));
        Quantization most = new ActivationScales(Scales.DYADIC, false, new RangeMethod.Percentile(99.9))
                .choose(histogram(values));
        assertThat(most.scale().toDouble() * 255).isEqualTo(1, within(2 * 40.0 / Histogram.BINS));
        Quantization hundred = new ActivationScales(Scales.DYADIC, false, new RangeMethod.Percentile(100))
                .choose(histogram(values));
        assertThat(hundred).isEqualTo(all);
    }

    @Test
    void percentilesCutBothEndsAlike() {
        double[] values = new Random(4).doubles(200_000, -1, 1).toArray();
        Interval kept = histogram(values).without(0.05);
        assertThat(kept.low()).isEqualTo(-0.9, within(0.005));
        assertThat(kept.high()).isEqualTo(0.9, within(0.005));
        assertThat(histogram(values).without(0).low()).isEqualTo(-1, within(1e-3));
    }

    /** To the bin: of 100 values at each end, exactly those that may go do go. */
    @Test
    void percentilesAreExact() {
        double[] values = new double[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Histogram histogram = histogram(values);
        double bin = 999.0 / Histogram.BINS;
        for (int gone : new int[] {1, 2, 10, 100}) {
            Interval kept = histogram.without((gone + 0.5) / 1000);
            assertThat(kept.low()).isGreaterThan(gone - 1).isLessThanOrEqualTo(gone).isGreaterThan(gone - bin);
            assertThat(kept.high()).isLessThan(1000 - gone).isGreaterThanOrEqualTo(999 - gone)
                    .isLessThan(999 - gone + 2 * bin);
        }
        assertThat(histogram.without(0.0005)).isEqualTo(histogram.range());
    }

    /** The divergence prefers to lose a lonely far value to losing the shape of all others. */
    @Test
    void divergenceClipsOutliers() {
        Random random = new Random(8);
        double[] values = random.doubles(100_000, 0, 1).map(u -> u * u).toArray();
        values[3] = 10;
        Histogram histogram = histogram(values);
        RangeMethod kl = new RangeMethod.Divergence();
        Quantization chosen = new ActivationScales(Scales.DYADIC, false, kl).choose(histogram);
        assertThat(chosen.dequantize(127)).isBetween(0.8, 2.5);
        RangeLoss loss = RangeLoss.divergence(histogram);
        assertThat(loss.of(chosen)).isNotNegative()
                .isLessThan(loss.of(new ActivationScales(Scales.DYADIC, false, MIN_MAX).choose(histogram)));
    }

    /** What is far below the largest logit has no share in the probabilities. */
    @Test
    void crossEntropyKeepsTheLargestLogits() {
        double[] values = {-60, 3.2, 3.1, 2.9, -45, -50};
        FloatTensor logits = new FloatTensor(Shape.of(6), new float[] {-60, 3.2f, 3.1f, 2.9f, -45, -50});
        RangeMethod method = new RangeMethod.CrossEntropy();
        ActivationScales scales = new ActivationScales(Scales.DYADIC, false, method);
        Quantization entropy = scales.choose(histogram(values), List.of(logits));
        Quantization squares = scales.choose(histogram(values));
        RangeLoss loss = RangeLoss.crossEntropy(List.of(logits));
        assertThat(entropy.scale().toDouble()).isLessThan(squares.scale().toDouble());
        assertThat(loss.of(entropy)).isLessThan(loss.of(squares));
        assertThat(entropy.dequantize(entropy.quantize(3.2))).isEqualTo(3.2, within(0.05));
    }

    /** A single outlier is not worth a fortieth of the precision of all others; its own error must count, though. */
    @Test
    void leastSquaresWeighOutliersAgainstPrecision() {
        double[] values = new Random(3).doubles(1_000_000, 0, 1).toArray();
        values[17] = 1.2;
        double[] many = values.clone();
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 1.2;
        }
        ActivationScales scales = new ActivationScales(Scales.DYADIC, false, MSE);
        assertThat(scales.choose(histogram(values)).scale().toDouble() * 255).isLessThan(1.1);
        assertThat(scales.choose(histogram(many)).scale().toDouble() * 255).isEqualTo(1.2, within(0.03));
    }

    @ParameterizedTest
    @CsvSource({"POWER_OF_TWO, false", "POWER_OF_TWO, true", "DYADIC, false", "DYADIC, true"})
    void leastSquaresAreNeverWorseThanMinMax(Scales kind, boolean symmetric) {
        Random random = new Random(9);
        for (int i = 0; i < 20; i++) {
            double[] values = random.doubles(3000, 0, 1).map(u -> Math.pow(u * 2 - 0.7, 7)).toArray();
            Quantization least = new ActivationScales(kind, symmetric, MSE).choose(histogram(values));
            Quantization all = new ActivationScales(kind, symmetric, MIN_MAX).choose(histogram(values));
            assertThat(error(least, values)).isLessThanOrEqualTo(error(all, values) * 1.05);
            assertThat(least.quantize(0)).isEqualTo(least.zeroPoint());
        }
    }

    @Test
    void histogramsCountEveryValueOnce() {
        Histogram histogram = histogram(-1, -1, 0.5, 3, 3, 3);
        long total = 0;
        for (int bin = 0; bin < Histogram.BINS; bin++) {
            total += histogram.count(bin);
        }
        assertThat(total).isEqualTo(6);
        assertThat(histogram.count(0)).isEqualTo(2);
        assertThat(histogram.count(Histogram.BINS - 1)).isEqualTo(3);
        histogram.add(histogram(-1, 3));
        assertThat(histogram.count(0)).isEqualTo(3);
        assertThat(histogram.centre(0)).isEqualTo(-1, within(0.002));
    }
}
