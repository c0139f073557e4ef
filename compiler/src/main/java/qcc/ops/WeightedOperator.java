package qcc.ops;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * An operator whose every output is a weighted sum of inputs plus a bias: convolutions and dense layers. They share
 * the folding of affine functions into the weights, and the quantisation of the weights.
 *
 * @param <A> the operator's arguments
 */
public abstract class WeightedOperator<A extends Record> extends Operator<A> {
    public static final String WEIGHT = "weight";
    public static final String BIAS = "bias";

    protected WeightedOperator(String name, String summary, Class<A> attributes) {
        super(name, summary, attributes);
    }

    /** Whether the layer has a bias array. */
    protected abstract boolean hasBias(A attributes);

    /** The same arguments, with a bias array. */
    protected abstract A withBias(A attributes);

    /**
     * The order of the weights in which those of one output channel stand together: for each position
     * {@code channel * fanIn + k} the index into the weight array, in which the channel runs fastest.
     */
    private int[] channelMajor(A attributes, Shape weightShape) {
        int channels = channels(attributes, weightShape);
        int[] order = new int[weightShape.size()];
        int fanIn = order.length / channels;
        for (int i = 0; i < order.length; i++) {
            order[i] = i % fanIn * channels + i / fanIn;
        }
        return order;
    }

    /** The number of output channels, that is of bias entries. In the weight array they run fastest. */
    public abstract int channels(A attributes, Shape weightShape);

    /**
     * The input that the weight at an index of the weight array multiplies: a channel of an image, or an element of a
     * vector.
     */
    public abstract int inputOf(A attributes, Shape weightShape, int index);

    /**
     * The number of groups of output channels that read inputs of their own; those of a group follow each other, and
     * all groups have as many.
     */
    public abstract int groups(A attributes, Shape weightShape);

    /** The number of places of the result: pixels of an image, one for a vector. */
    public abstract int places(A attributes, Shape input);

    /**
     * Reads what the weights of one output channel are multiplied with.
     *
     * @param group of the channel
     * @param place of the result
     * @param patch receives the input of weight {@code k * channels + channel} at k; zeros beyond the image
     */
    public abstract void readPatch(A attributes, FloatTensor input, int group, int place, float[] patch);

    /** True when some windows reach beyond the image. */
    public boolean isPadded(A attributes, Shape input) {
        return false;
    }

    /** The integer operation for quantised weights in channel-major order. */
    protected abstract IntegerOperation integerForm(A attributes, Value input, QuantizedSum sum);

    /** The layer as a grouped convolution with the same weights in channel-major order. */
    protected abstract Conv2d.Geometry asConvolution(A attributes, Value input, int channels);

    @Override
    public boolean fusesClamp() {
        return true;
    }

    @Override
    public final boolean takesInt16(A attributes) {
        return true;
    }

    /** The layer that computes, before its clamp, {@code factor[c] * old + offset[c]} for each output channel c. */
    public Layer<A> scaleOutputs(Layer<A> layer, double[] factor, double[] offset) {
        FloatTensor weight = layer.parameter(WEIGHT).copy();
        int[] order = channelMajor(layer.attributes(), weight.shape());
        int fanIn = order.length / factor.length;
        for (int i = 0; i < order.length; i++) {
            weight.set(order[i], weight.get(order[i]) * factor[i / fanIn]);
        }
        FloatTensor bias = FloatTensor.zeros(Shape.of(factor.length));
        for (int c = 0; c < factor.length; c++) {
            double old = hasBias(layer.attributes()) ? layer.parameter(BIAS).get(c) : 0;
            bias.set(c, old * factor[c] + offset[c]);
        }
        return layer.withAttributes(withBias(layer.attributes()))
                .withParameters(Map.of(WEIGHT, weight, BIAS, bias));
    }

    /** The layer that computes the same for inputs that are divided by {@code factor[i % factor.length]}. */
    public Layer<A> scaleInputs(Layer<A> layer, double[] factor) {
        FloatTensor weight = layer.parameter(WEIGHT).copy();
        for (int i = 0; i < weight.size(); i++) {
            int input = inputOf(layer.attributes(), weight.shape(), i);
            weight.set(i, weight.get(i) * factor[input % factor.length]);
        }
        Map<String, FloatTensor> parameters = new HashMap<>(layer.parameters());
        parameters.put(WEIGHT, weight);
        return layer.withParameters(parameters);
    }

    /**
     * Emits the layer for weights that are quantised already, as {@link QuantizedWeights} says.
     *
     * @param clamp bounds of the real result
     */
    public Value lower(A attributes, QuantizedWeights quantized, Interval clamp, Lowering lowering) {
        int[] order = channelMajor(attributes, quantized.weights().shape());
        int channels = quantized.scales().size();
        IntTensor weights = quantized.weights().select(order).reshape(Shape.of(channels, order.length / channels));
        if (lowering.isWide()) {
            Conv2d.Geometry geometry = asConvolution(attributes, lowering.input(), channels);
            return WideLowering.emit(geometry, infer(attributes, List.of(lowering.input().shape())), weights, quantized,
                    clamp, lowering);
        }
        QuantizedSum sum = QuantizedSum.ofIntegers(weights, quantized.scales(), quantized.bias(),
                lowering.input().quantized(), lowering.output(), clamp, lowering.scheme(), 0);
        IntegerOperation operation = integerForm(attributes, lowering.input(), sum);
        return lowering.emit(operation, lowering.inputs(),
                operation.resultShape(List.of(lowering.input().shape())), lowering.output());
    }

    /**
     * The integer operation for given integers.
     *
     * @param weight         in the layout of the layer's {@code weight} parameter
     * @param bias           for each output channel, without the share of the input's zero point
     * @param requantization for accumulators in which nothing else is folded
     */
    public IntegerOperation ofIntegers(A attributes, Value input, IntTensor weight, IntTensor bias,
            Requantization requantization) {
        int[] order = channelMajor(attributes, weight.shape());
        IntTensor weights = weight.select(order).reshape(Shape.of(bias.size(), order.length / bias.size()));
        int zero = input.quantized().zeroPoint();
        IntTensor folded = QuantizedSum.addPerChannel(bias, weights, -zero);
        return integerForm(attributes, input, new QuantizedSum(weights, folded, List.of(), requantization));
    }

    /** Channel-major weights in the layout of the layer's {@code weight} parameter, which has the given shape. */
    public IntTensor inParameterLayout(A attributes, Shape shape, IntTensor weights) {
        int[] order = channelMajor(attributes, shape);
        IntTensor result = IntTensor.zeros(shape);
        for (int i = 0; i < order.length; i++) {
            result.set(order[i], weights.get(i));
        }
        return result;
    }

    @Override
    public Value lower(Layer<A> layer, Lowering lowering) {
        return lower(layer.attributes(), quantized(layer, lowering), layer.clamp(), lowering);
    }

    /** The layer with the weights and the bias that its integers express. */
    @Override
    public Layer<A> simulate(Layer<A> layer, Lowering lowering) {
        QuantizedWeights integers = quantized(layer, lowering);
        int channels = integers.scales().size();
        double inScale = lowering.input().quantized().scale().toDouble();
        FloatTensor weight = FloatTensor.zeros(integers.weights().shape());
        for (int i = 0; i < weight.size(); i++) {
            weight.set(i, integers.weights().get(i) * integers.scales().get(i % channels).toDouble());
        }
        FloatTensor bias = FloatTensor.zeros(Shape.of(channels));
        for (int c = 0; c < channels; c++) {
            bias.set(c, integers.bias().get(c) * inScale * integers.scales().get(c).toDouble());
        }
        return layer.withAttributes(withBias(layer.attributes())).withParameters(Map.of(WEIGHT, weight, BIAS, bias));
    }

    private QuantizedWeights quantized(Layer<A> layer, Lowering lowering) {
        return layer.quantized().orElseGet(() -> quantize(layer, lowering.input().quantized(), lowering.output(),
                lowering.scheme()));
    }

    /** The integers nearest to a layer's weights and bias, at the best scales for them. */
    public QuantizedWeights quantize(Layer<A> layer, Quantization input, Quantization output, LayerScheme scheme) {
        FloatTensor weight = layer.parameter(WEIGHT);
        int[] order = channelMajor(layer.attributes(), weight.shape());
        double[] weights = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            weights[i] = weight.get(order[i]);
        }
        double[] bias = biases(layer, channels(layer.attributes(), weight.shape()));
        QuantizedWeights nearest = QuantizedSum.nearest(weights, bias, input, output, scheme);
        return new QuantizedWeights(inParameterLayout(layer.attributes(), weight.shape(), nearest.weights()),
                nearest.scales(), nearest.bias());
    }

    /** The real bias of each output channel; zeros for a layer without. */
    final double[] biases(Layer<A> layer, int channels) {
        double[] bias = new double[channels];
        if (hasBias(layer.attributes())) {
            FloatTensor given = layer.parameter(BIAS);
            for (int c = 0; c < channels; c++) {
                bias[c] = given.get(c);
            }
        }
        return bias;
    }
}
