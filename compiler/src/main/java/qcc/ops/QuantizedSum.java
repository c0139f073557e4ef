package qcc.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * A weighted sum in integers: {@code y = requantise(bias[c] + sum w[c][k] * x[k])} on raw inputs x. The bias holds
 * the real bias, the input's zero point times the sum of the weights and, for the shift rule, the rounding constant
 * and the output's zero point.
 *
 * @param weights        channel-major, each in the range of the weight bits
 * @param bias           int32 for each channel, everything folded in
 * @param scales         of the weights, for each channel
 * @param requantization from the accumulator to the result
 */
public record QuantizedSum(IntTensor weights, IntTensor bias, List<Scale> scales, Requantization requantization) {
    /** A bias above this would leave no room for the products. */
    private static final double MAX_BIAS = 1 << 29;

    public QuantizedSum {
        scales = List.copyOf(scales);
    }

    /** The sum for the real weights and bias of a layer, rounded to the nearest integers. */
    static QuantizedSum of(double[] weights, double[] bias, Quantization input, Quantization output, Interval clamp,
            LayerScheme scheme) {
        QuantizedWeights nearest = nearest(weights, bias, input, output, scheme);
        return ofIntegers(nearest.weights(), nearest.scales(), nearest.bias(), input, output, clamp, scheme, 0);
    }

    /**
     * Rounds the real weights and bias of a layer to the nearest integers.
     *
     * @param weights channel-major; so are the integers
     * @param bias    for each channel
     */
    static QuantizedWeights nearest(double[] weights, double[] bias, Quantization input, Quantization output,
            LayerScheme scheme) {
        int channels = bias.length;
        int fanIn = weights.length / channels;
        double inScale = input.scale().toDouble();
        double outScale = output.scale().toDouble();
        List<Scale> scales = scales(weights, bias, inScale, outScale, MAX_BIAS, scheme);
        double largest = scales.stream().mapToDouble(Scale::toDouble).max().orElseThrow() * inScale / outScale;
        int left = Requantizations.left(largest);
        if (!scheme.scales().shifts() && left > 1) {
            // Every accumulator will be shifted to the left; biases have to leave room for that, too.
            scales = scales(weights, bias, inScale, outScale, Math.scalb(MAX_BIAS, 1 - left), scheme);
        }
        IntTensor quantized = IntTensor.zeros(Shape.of(channels, fanIn));
        List<Long> steps = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            double scale = scales.get(c).toDouble();
            for (int i = c * fanIn; i < (c + 1) * fanIn; i++) {
                quantized.set(i, WeightScales.quantize(weights[i], scale, scheme));
            }
            steps.add(Math.round(bias[c] / (inScale * scale)));
        }
        return new QuantizedWeights(quantized, scales, steps);
    }

    /** The scale of each channel's weights; it also has to leave room for the bias in the accumulator. */
    private static List<Scale> scales(double[] weights, double[] bias, double inScale, double outScale,
            double maxBias, LayerScheme scheme) {
        double finestShift = Math.scalb(outScale / inScale, -Requantizations.MAX_SHIFT);
        double[] finest = Arrays.stream(bias).map(b -> Math.max(Math.abs(b) / (inScale * maxBias), finestShift))
                .toArray();
        WeightScales choice = new WeightScales(scheme, outScale / inScale);
        if (!scheme.perChannel()) {
            double common = Arrays.stream(finest).max().orElseThrow();
            return Collections.nCopies(bias.length,
                    choice.choose(weights, 0, weights.length, common));
        }
        int fanIn = weights.length / bias.length;
        List<Scale> scales = new ArrayList<>();
        for (int c = 0; c < bias.length; c++) {
            scales.add(choice.choose(weights, c * fanIn, (c + 1) * fanIn, finest[c]));
        }
        return scales;
    }

    /**
     * The sum for weights that are quantised already.
     *
     * @param weights channel-major, [channels][fan in]; integers of the weight bits, with the zero point 0
     * @param scales  real value of one step of a channel's weights
     * @param bias    for each channel, in units of the input's scale times the channel's scale
     * @param drop    last bits that are cut off an accumulator before it is requantised
     */
    static QuantizedSum ofIntegers(IntTensor weights, List<Scale> scales, List<Long> bias, Quantization input,
            Quantization output, Interval clamp, LayerScheme scheme, int drop) {
        int channels = bias.size();
        int fanIn = weights.size() / channels;
        double[] ratios = new double[channels];
        for (int c = 0; c < channels; c++) {
            ratios[c] = Math.scalb(input.scale().toDouble() * scales.get(c).toDouble() / output.scale().toDouble(),
                    drop);
        }
        Requantization requantization = Requantizations.of(ratios, output, clamp, scheme);
        int[] folded = new int[channels];
        for (int c = 0; c < channels; c++) {
            long sum = 0;
            for (int i = c * fanIn; i < (c + 1) * fanIn; i++) {
                sum += weights.get(i);
            }
            folded[c] = toInt32(Math.addExact(bias.get(c), -input.zeroPoint() * sum
                    + Requantizations.foldedConstant(requantization, c, output, scheme, drop)));
        }
        return new QuantizedSum(weights, IntTensor.vector(folded), scales, requantization);
    }

    public int channels() {
        return bias.size();
    }

    /** The value of one step of a channel's weights. */
    double scaleOf(int channel) {
        return scales.get(channel).toDouble();
    }

    /**
     * Proves that no partial sum leaves int32 for any int8 input, in whatever order the products are added:
     * |bias| + sum |w| * 128, times what the requantisation needs, is below 2^31.
     */
    static void prove(IntTensor weights, IntTensor bias, Requantization requantization) {
        int fanIn = weights.size() / bias.size();
        for (int c = 0; c < bias.size(); c++) {
            long bound = Math.abs((long) bias.get(c));
            for (int k = 0; k < fanIn; k++) {
                bound += 128L * Math.abs(weights.get(c * fanIn + k));
            }
            requantization.prove("the accumulator of output channel " + c, c, bound);
        }
    }

    /**
     * The sum without the channels that go. What those of the input add becomes part of the bias: the new sum takes
     * the same values, so its accumulators stay within the bounds that were proven.
     *
     * @param weights [output channel][...][input channel]
     */
    static QuantizedSum prune(IntTensor weights, IntTensor bias, Requantization requantization, ChannelFlow flow) {
        int[] outputs = flow.output().stream().toArray();
        int fanIn = weights.size() / bias.size();
        int channels = flow.known(0).size();
        IntTensor left = IntTensor.zeros(Shape.of(outputs.length, flow.remaining(0, fanIn)));
        IntTensor folded = bias.select(outputs);
        int to = 0;
        for (int o = 0; o < outputs.length; o++) {
            for (int i = 0; i < fanIn; i++) {
                int weight = weights.get(outputs[o] * fanIn + i);
                if (flow.input(0).get(i % channels)) {
                    left.set(to++, weight);
                } else if (weight != 0) {
                    folded.set(o, Math.addExact(folded.get(o), weight * flow.known(0).value(i % channels)));
                }
            }
        }
        return new QuantizedSum(left, folded, List.of(), requantization.select(outputs));
    }

    /** For each channel, the bias plus {@code factor} times the sum of the channel's weights. */
    public static IntTensor addPerChannel(IntTensor bias, IntTensor weights, int factor) {
        int fanIn = weights.size() / bias.size();
        IntTensor result = IntTensor.zeros(bias.shape());
        for (int c = 0; c < bias.size(); c++) {
            long sum = bias.get(c);
            for (int i = c * fanIn; i < (c + 1) * fanIn; i++) {
                sum += (long) factor * weights.get(i);
            }
            result.set(c, toInt32(sum));
        }
        return result;
    }

    private static int toInt32(long value) {
        if (value != (int) value) {
            throw new OverflowException("the folded bias " + value + " does not fit 32 bits");
        }
        return (int) value;
    }
}
