package qcc.ops;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Interval;
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
    protected abstract int channels(A attributes, Shape weightShape);

    /** The integer operation for quantised weights in channel-major order. */
    protected abstract IntegerOperation integerForm(A attributes, Value input, QuantizedSum sum);

    @Override
    public boolean fusesClamp() {
        return true;
    }

    /** The layer that computes {@code factor[c] * old + offset[c]} for each output channel c. */
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

    /**
     * Emits the layer for weights that are quantised already, as {@link QuantizedWeights} says.
     *
     * @param clamp bounds of the real result
     */
    public Value lower(A attributes, QuantizedWeights quantized, Interval clamp, Lowering lowering) {
        int[] order = channelMajor(attributes, quantized.weights().shape());
        int[] weights = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            weights[i] = quantized.weights().get(order[i]);
        }
        int channels = quantized.scales().size();
        QuantizedSum sum = QuantizedSum.ofIntegers(new IntTensor(Shape.of(channels, order.length / channels), weights),
                quantized.scales(), quantized.bias(), lowering.input().quantized(), lowering.output(), clamp,
                lowering.scheme());
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
        IntegerOperation operation = integerForm(layer.attributes(), lowering.input(), quantize(layer, lowering));
        return lowering.emit(operation, lowering.inputs(),
                operation.resultShape(List.of(lowering.input().shape())), lowering.output());
    }

    @Override
    public Layer<A> simulate(Layer<A> layer, Lowering lowering) {
        QuantizedSum sum = quantize(layer, lowering);
        Map<String, FloatTensor> parameters = new HashMap<>(layer.parameters());
        FloatTensor weight = layer.parameter(WEIGHT).copy();
        int[] order = channelMajor(layer.attributes(), weight.shape());
        for (int i = 0; i < order.length; i++) {
            weight.set(order[i], sum.weights().get(i) * sum.scaleOf(i / (order.length / sum.channels())));
        }
        parameters.put(WEIGHT, weight);
        return layer.withParameters(parameters);
    }

    private QuantizedSum quantize(Layer<A> layer, Lowering lowering) {
        FloatTensor weight = layer.parameter(WEIGHT);
        int[] order = channelMajor(layer.attributes(), weight.shape());
        double[] weights = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            weights[i] = weight.get(order[i]);
        }
        double[] bias = new double[channels(layer.attributes(), weight.shape())];
        for (int c = 0; hasBias(layer.attributes()) && c < bias.length; c++) {
            bias[c] = layer.parameter(BIAS).get(c);
        }
        return QuantizedSum.of(weights, bias, lowering.input().quantized(), lowering.output(), layer.clamp(),
                lowering.scheme());
    }

    /** Reads the bias of a channel for the real-valued meaning. */
    protected final double biasOf(Layer<A> layer, int channel) {
        return hasBias(layer.attributes()) ? layer.parameter(BIAS).get(channel) : 0;
    }
}
