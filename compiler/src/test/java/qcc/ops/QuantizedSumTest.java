package qcc.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.tensor.IntTensor;

/** Weighted sums in integers against the same sums in reals. */
class QuantizedSumTest {
    private static final Quantization INPUT = new Quantization(Scale.powerOfTwo(-6), -9);
    private static final double STEP = INPUT.scale().toDouble();

    private static LayerScheme scheme(Scales scales, int bits, boolean perChannel) {
        return new LayerScheme(scales, bits, perChannel, Rounding.HALF_UP);
    }

    /** An output quantisation that the sums of the weights with random inputs fill. */
    private static Quantization output(double[] weights, double[] bias, Scales scales) {
        int fanIn = weights.length / bias.length;
        double reach = Double.MIN_NORMAL;
        for (int c = 0; c < bias.length; c++) {
            double sum = Math.abs(bias[c]);
            for (int k = 0; k < fanIn; k++) {
                sum += Math.abs(weights[c * fanIn + k]) * 128 * STEP;
            }
            reach = Math.max(reach, sum);
        }
        double scale = reach / 128;
        return new Quantization(scales == Scales.DYADIC ? Scale.dyadic(scale)
                : Scale.powerOfTwo(WeightScales.ceilLog2(scale)), 4);
    }

    private static double[] uniform(Random random, int size, double amplitude) {
        return DoubleStream.generate(() -> (2 * random.nextDouble() - 1) * amplitude).limit(size).toArray();
    }

    /** The largest distance, in steps of the output, between the integer sum and the sum in reals. */
    private static double worstError(double[] weights, double[] bias, Quantization out, QuantizedSum sum,
            Random random) {
        int fanIn = weights.length / bias.length;
        double worst = 0;
        for (int run = 0; run < 50; run++) {
            int[] x = random.ints(fanIn, -128, 128).toArray();
            for (int c = 0; c < bias.length; c++) {
                double real = bias[c];
                int acc = sum.bias().get(c);
                for (int k = 0; k < fanIn; k++) {
                    real += weights[c * fanIn + k] * INPUT.dequantize(x[k]);
                    acc = Math.addExact(acc, x[k] * sum.weights().get(c * fanIn + k));
                }
                worst = Math.max(worst, Math.abs(sum.requantization().apply(c, acc)
                        - Math.max(-128, Math.min(127, real / out.scale().toDouble() + out.zeroPoint()))));
            }
        }
        return worst;
    }

    /** Half a step of rounding, and what the rounding of the weights adds at most. */
    private static double allowed(double[] weights, double[] bias, Quantization out, QuantizedSum sum) {
        int fanIn = weights.length / bias.length;
        double worst = 0;
        for (int c = 0; c < bias.length; c++) {
            double error = 0;
            for (int k = c * fanIn; k < (c + 1) * fanIn; k++) {
                error += Math.abs(weights[k] - sum.weights().get(k) * sum.scaleOf(c)) * 137 * STEP;
            }
            worst = Math.max(worst, error + 0.5 * STEP * sum.scaleOf(c));
        }
        return 0.5 + worst / out.scale().toDouble() + 0.13;
    }

    @ParameterizedTest
    @CsvSource({"POWER_OF_TWO, 8, true", "POWER_OF_TWO, 8, false", "POWER_OF_TWO, 4, true", "DYADIC, 8, true",
        "DYADIC, 8, false", "DYADIC, 3, true", "DYADIC, 2, false"})
    void randomLayersAreCloseToReals(Scales scales, int bits, boolean perChannel) {
        Random random = new Random(bits);
        for (int i = 0; i < 30; i++) {
            int channels = 1 + random.nextInt(5);
            double[] weights = uniform(random, channels * (1 + random.nextInt(60)), Math.pow(10, random.nextInt(7) - 3));
            double[] bias = uniform(random, channels, weights[0] * 3);
            Quantization out = output(weights, bias, scales);
            QuantizedSum sum = QuantizedSum.of(weights, bias, INPUT, out, Interval.ALL, scheme(scales, bits, perChannel));
            assertThat(worstError(weights, bias, out, sum, random))
                    .isLessThanOrEqualTo(allowed(weights, bias, out, sum));
            int limit = 1 << (bits - 1);
            for (int k = 0; k < weights.length; k++) {
                assertThat(sum.weights().get(k)).isBetween(-limit, limit - 1);
            }
            if (scales == Scales.POWER_OF_TWO) {
                assertThat(sum.scales()).allMatch(Scale::isPowerOfTwo);
                assertThat(sum.requantization().rule()).isInstanceOf(Requantization.Shift.class);
            }
            if (!perChannel) {
                assertThat(sum.scales()).containsOnly(sum.scales().get(0));
            }
            assertThatCode(() -> QuantizedSum.prove(sum.weights(), sum.bias(), sum.requantization()))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(Scales.class)
    void eightBitsArePreciseEnough(Scales scales) {
        Random random = new Random(3);
        double[] weights = uniform(random, 64 * 8, 0.5);
        double[] bias = uniform(random, 8, 0.5);
        Quantization out = output(weights, bias, scales);
        QuantizedSum sum = QuantizedSum.of(weights, bias, INPUT, out, Interval.ALL, scheme(scales, 8, true));
        assertThat(worstError(weights, bias, out, sum, random)).isLessThan(1.0);
    }

    /** From the smallest to the largest weights that a float holds comfortably: no overflow, no NaN, still precise. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-30, 1e-20, 1e-9, 1, 1e9, 1e20, 1e30})
    void magnitudeDoesNotMatter(double amplitude) {
        for (Scales scales : Scales.values()) {
            Random random = new Random(8);
            double[] weights = uniform(random, 40, amplitude);
            double[] bias = uniform(random, 4, amplitude);
            Quantization out = output(weights, bias, scales);
            QuantizedSum sum = QuantizedSum.of(weights, bias, INPUT, out, Interval.ALL, scheme(scales, 8, true));
            assertThat(worstError(weights, bias, out, sum, random)).isLessThan(1.5);
        }
    }

    /** A calibration that saw only zeros does not know the output: refused, not wrapped. */
    @ParameterizedTest
    @ValueSource(doubles = {1e12, 1e30})
    void anOutputThatIsFarTooFineIsRefused(double amplitude) {
        Quantization out = new Quantization(Scale.powerOfTwo(-7), 0);
        for (Scales scales : Scales.values()) {
            assertThatThrownBy(() -> {
                QuantizedSum sum = QuantizedSum.of(uniform(new Random(1), 40, amplitude), new double[4], INPUT, out,
                        Interval.ALL, scheme(scales, 8, true));
                QuantizedSum.prove(sum.weights(), sum.bias(), sum.requantization());
            }).isInstanceOfAny(OverflowException.class, QuantizationException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Scales.class)
    void zeroAndOneHotChannels(Scales scales) {
        double[] weights = new double[3 * 10];
        weights[10 + 7] = 0.8;
        weights[20] = -1e-7;
        double[] bias = {0.6, 0, -0.3};
        Quantization out = output(weights, bias, scales);
        QuantizedSum sum = QuantizedSum.of(weights, bias, INPUT, out, Interval.ALL, scheme(scales, 8, true));
        assertThat(worstError(weights, bias, out, sum, new Random(2))).isLessThan(1.0);
        for (int k = 0; k < 10; k++) {
            assertThat(sum.weights().get(k)).isZero();
            assertThat(sum.weights().get(10 + k) != 0).isEqualTo(k == 7);
        }
    }

    /** A channel without weights has no say in the scale that all channels share. */
    @ParameterizedTest
    @EnumSource(Scales.class)
    void aZeroChannelDoesNotCoarsenTheOthers(Scales scales) {
        double[] weights = uniform(new Random(4), 600, 1e-3);
        double[] withZeros = Arrays.copyOf(weights, 1200);
        Quantization out = new Quantization(Scale.powerOfTwo(-4), 0);
        LayerScheme scheme = scheme(scales, 8, false);
        Scale alone = QuantizedSum.of(weights, new double[1], INPUT, out, Interval.ALL, scheme).scales().get(0);
        double largest = Arrays.stream(weights).map(Math::abs).max().orElseThrow();
        assertThat(largest / alone.toDouble()).isBetween(63.0, 260.0);
        assertThat(QuantizedSum.of(withZeros, new double[2], INPUT, out, Interval.ALL, scheme).scales())
                .containsExactly(alone, alone);
    }

    @Test
    void theBiasLeavesRoomForTheProducts() {
        for (double bias : new double[] {1e3, -1e6, 1e15}) {
            double[] weights = {1e-3, -2e-3, 5e-4};
            Quantization out = output(weights, new double[] {bias}, Scales.POWER_OF_TWO);
            QuantizedSum sum = QuantizedSum.of(weights, new double[] {bias}, INPUT, out, Interval.ALL,
                    LayerScheme.DEFAULT);
            assertThat(Math.abs((double) sum.bias().get(0))).isLessThan(1 << 30);
            assertThat((double) sum.requantization().apply(0, sum.bias().get(0)))
                    .isEqualTo(Math.min(127, bias / out.scale().toDouble() + out.zeroPoint()), within(0.6));
        }
    }

    @Test
    void theProofIsSharp() {
        IntTensor weights = IntTensor.vector(127, -128);
        long products = 128L * 255;
        Requantization shift = new Requantization(new Requantization.Shift(IntTensor.vector(8)), -128, 127);
        int largest = (int) (Integer.MAX_VALUE - products);
        assertThatCode(() -> QuantizedSum.prove(weights, IntTensor.vector(largest), shift)).doesNotThrowAnyException();
        assertThatCode(() -> QuantizedSum.prove(weights, IntTensor.vector(-largest), shift)).doesNotThrowAnyException();
        assertThatThrownBy(() -> QuantizedSum.prove(weights, IntTensor.vector(largest + 1), shift))
                .isInstanceOf(OverflowException.class).hasMessage("the accumulator of output channel 0 can reach "
                        + "2147483648; 32 bits end at 2147483647");
        assertThatThrownBy(() -> QuantizedSum.prove(weights, IntTensor.vector(Integer.MIN_VALUE), shift))
                .isInstanceOf(OverflowException.class);
    }

    @Test
    void weightScalesClipOnlyWhenItPays() {
        double[] even = uniform(new Random(6), 500, 1.0);
        Scale scale = new WeightScales(LayerScheme.DEFAULT, 1).choose(even, 0, 500, 0);
        double largest = Arrays.stream(even).map(Math::abs).max().orElseThrow();
        assertThat(largest / scale.toDouble()).isLessThan(128.5);
        double[] outlier = even.clone();
        for (int i = 0; i < outlier.length; i++) {
            outlier[i] *= 0.4;
        }
        outlier[7] = 0.505;
        assertThat(new WeightScales(LayerScheme.DEFAULT, 1).choose(outlier, 0, 500, 0).exponent()).isEqualTo(-8);
        assertThat(new WeightScales(LayerScheme.DEFAULT, 1).choose(even, 0, 500, 0.75)).isEqualTo(Scale.powerOfTwo(0));
    }

    @Test
    void logarithmsRoundUp() {
        assertThat(WeightScales.ceilLog2(1)).isZero();
        assertThat(WeightScales.ceilLog2(1.0000001)).isEqualTo(1);
        assertThat(WeightScales.ceilLog2(0.5)).isEqualTo(-1);
        assertThat(WeightScales.ceilLog2(Math.nextUp(0.5))).isZero();
        assertThat(WeightScales.ceilLog2(Double.MIN_NORMAL)).isEqualTo(-1022);
    }
}
