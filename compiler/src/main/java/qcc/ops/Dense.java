package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Fully connected layer; an input of higher rank is read in row-major order. */
public final class Dense extends WeightedOperator<Dense.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "number of outputs", min = 1, max = 1 << 20) int units,
            @Attribute(value = "whether the layer has a bias", fallback = "true") boolean bias) {
    }

    public Dense() {
        super("dense", "fully connected layer", Attributes.class);
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        return Shape.of(a.units());
    }

    @Override
    public List<ParameterSpec> parameters(Attributes a, List<Shape> inputs) {
        int size = inputs.get(0).size();
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weight(WEIGHT, Shape.of(size, a.units()), size, "[inputs, units]"));
        if (a.bias()) {
            specs.add(ParameterSpec.perChannel(BIAS, ParameterSpec.Role.OFFSET, a.units(), "[units]"));
        }
        return specs;
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        FloatTensor x = inputs.get(0);
        FloatTensor weight = layer.parameter(WEIGHT);
        int units = layer.attributes().units();
        FloatTensor result = FloatTensor.zeros(Shape.of(units));
        double[] sum = biases(layer, units);
        for (int k = 0; k < x.size(); k++) {
            for (int o = 0; o < units; o++) {
                sum[o] += weight.get(k * units + o) * x.get(k);
            }
        }
        for (int o = 0; o < units; o++) {
            result.set(o, sum[o]);
        }
        return result;
    }

    @Override
    protected boolean hasBias(Attributes a) {
        return a.bias();
    }

    @Override
    protected Attributes withBias(Attributes a) {
        return new Attributes(a.units(), true);
    }

    @Override
    public int channels(Attributes a, Shape weightShape) {
        return a.units();
    }

    @Override
    public int groups(Attributes a, Shape weightShape) {
        return 1;
    }

    @Override
    public int places(Attributes a, Shape input) {
        return 1;
    }

    @Override
    public void readPatch(Attributes a, FloatTensor input, int group, int place, float[] patch) {
        for (int k = 0; k < patch.length; k++) {
            patch[k] = input.get(k);
        }
    }

    @Override
    public int inputOf(Attributes a, Shape weightShape, int index) {
        return index / a.units();
    }

    @Override
    protected IntegerOperation integerForm(Attributes a, Value input, QuantizedSum sum) {
        return new Int8(new Geometry(input.shape().size(), a.units()), sum.weights(), sum.bias(),
                sum.requantization());
    }

    @Override
    protected Conv2d.Geometry asConvolution(Attributes a, Value input, int channels) {
        Extent one = new Extent(1, 1);
        Window pixel = Window.of(Shape.of(1, 1, input.shape().size()), one, one, new Padding.Valid(), one);
        return new Conv2d.Geometry(pixel, input.shape().size(), channels, 1, input.quantized().zeroPoint());
    }

    /** The kernel's literals: the number of inputs and of outputs. */
    public record Geometry(int in, int out) {
    }

    /**
     * The product of a matrix and an int8 vector.
     *
     * @param weights [out][in]
     * @param bias    [out]
     */
    public record Int8(Geometry geometry, IntTensor weights, IntTensor bias, Requantization requantization)
            implements WeightedSum, ChannelwiseOperation {

        @Override
        public Int8 with(IntTensor otherWeights, IntTensor otherBias, Requantization other) {
            return new Int8(geometry, otherWeights, otherBias, other);
        }

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            IntTensor result = IntTensor.zeros(Shape.of(geometry.out()));
            for (int o = 0; o < geometry.out(); o++) {
                int sum = bias.get(o);
                for (int k = 0; k < geometry.in(); k++) {
                    sum = Math.addExact(sum, weights.get(o * geometry.in() + k) * inputs.get(0).get(k));
                }
                result.set(o, requantization.apply(o, sum));
            }
            return result;
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            return KnownChannels.of(geometry.out(), o -> constant(o, inputs.get(0)));
        }

        private OptionalInt constant(int o, KnownChannels x) {
            int sum = bias.get(o);
            for (int k = 0; k < geometry.in(); k++) {
                int w = weights.get(o * geometry.in() + k);
                if (w != 0 && !x.isKnown(k % x.size())) {
                    return OptionalInt.empty();
                }
                sum += w == 0 ? 0 : w * x.value(k % x.size());
            }
            return OptionalInt.of(requantization.apply(o, sum));
        }

        @Override
        public void settle(ChannelFlow flow) {
            KnownChannels x = flow.known(0);
            flow.output().stream().forEach(o -> {
                for (int k = 0; k < geometry.in(); k++) {
                    int c = k % x.size();
                    if (weights.get(o * geometry.in() + k) != 0 && !x.isKnown(c)) {
                        flow.input(0).set(c);
                    }
                }
            });
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            QuantizedSum sum = QuantizedSum.prune(weights, bias, requantization, flow);
            return new Int8(new Geometry(flow.remaining(0, geometry.in()), sum.channels()), sum.weights(), sum.bias(),
                    sum.requantization());
        }

        @Override
        public long macs() {
            return weights.size();
        }

        @Override
        public String mnemonic() {
            return "dense";
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return Shape.of(geometry.out());
        }
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[20]", "dense(7)"),
                Example.of("[3, 4, 5]", "dense(units = 9, bias = false) |> relu"),
                Example.of("[65]", "dense(1)"));
    }
}
