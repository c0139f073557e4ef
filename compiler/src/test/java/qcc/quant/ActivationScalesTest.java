package qcc.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    void minMaxClipsNothingBeyondHalfAStep(Scales kind, boolean symmetric) {
        Random random = new Random(1);
        ActivationScales scales = new ActivationScales(kind, symmetric, MIN_MAX);
        for (int i = 0; i < 5_000; i++) {
            double a = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4);
            double b = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
            Interval range = new Interval(Math.min(a, b), Math.max(a, b)).withZero();
            Quantization q = scales.covering(range);
            double step = q.scale().toDouble();
            assertThat(q.dequantize(q.quantize(range.low()))).isEqualTo(range.low(), within(0.50001 * step));
            assertThat(q.dequantize(q.quantize(range.high()))).isEqualTo(range.high(), within(0.50001 * step));
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

    /** 255 to 255.5 steps fit only where the zero point needs no rounding, as for a range that begins at 0. */
    @Test
    void aRangeOfAHalfStepTooMuchFitsSometimes() {
        ActivationScales scales = new ActivationScales(Scales.POWER_OF_TWO, false, MIN_MAX);
        assertThat(scales.covering(new Interval(0, 255.5))).isEqualTo(new Quantization(Scale.powerOfTwo(0), -128));
        assertThat(scales.covering(new Interval(-100.6, 154.9)).scale()).isEqualTo(Scale.powerOfTwo(1));
        assertThat(scales.covering(new Interval(-100.6, 154.3)).scale()).isEqualTo(Scale.powerOfTwo(0));
        assertThat(scales.covering(new Interval(0, 255.6)).scale()).isEqualTo(Scale.powerOfTwo(1));
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
