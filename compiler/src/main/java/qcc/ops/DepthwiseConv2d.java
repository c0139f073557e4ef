package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Convolution of every channel on its own; output channel {@code c * multiplier + m} reads input channel c. */
public final class DepthwiseConv2d extends WeightedOperator<DepthwiseConv2d.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "size of the kernel", min = 1, max = 1024) Extent kernel,
            @Attribute(value = "step between windows", fallback = "1", min = 1, max = 1024) Extent stride,
            @Attribute(value = "extension at the borders, with zeros", fallback = "valid", min = 0, max = 1024)
            Padding padding,
            @Attribute(value = "distance of neighbouring kernel elements", fallback = "1", min = 1, max = 1024)
            Extent dilation,
            @Attribute(value = "output channels for each input channel", fallback = "1", min = 1, max = 1024)
            int multiplier,
            @Attribute(value = "whether the layer has a bias", fallback = "true") boolean bias) {
    }

    public DepthwiseConv2d() {
        super("depthwise_conv2d", "convolution of every channel on its own", Attributes.class);
    }

    private static Window window(Attributes a, Shape image) {
        return Window.of(image, a.kernel(), a.stride(), a.padding(), a.dilation());
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        return window(a, inputs.get(0)).output(inputs.get(0).last() * a.multiplier());
    }

    @Override
    public List<ParameterSpec> parameters(Attributes a, List<Shape> inputs) {
        int channels = inputs.get(0).last();
        Shape shape = Shape.of(a.kernel().height(), a.kernel().width(), channels, a.multiplier());
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weight(WEIGHT, shape, (int) a.kernel().area(),
                "[kernel height, kernel width, input channels, multiplier]"));
        if (a.bias()) {
            specs.add(ParameterSpec.perChannel(BIAS, ParameterSpec.Role.OFFSET, channels * a.multiplier(),
                    "[input channels * multiplier]"));
        }
        return specs;
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        Attributes a = layer.attributes();
        FloatTensor image = inputs.get(0);
        FloatTensor weight = layer.parameter(WEIGHT);
        Window window = window(a, image.shape());
        int inC = image.shape().last();
        int outC = inC * a.multiplier();
        FloatTensor result = FloatTensor.zeros(window.output(outC));
        double[] bias = biases(layer, outC);
        double[] sum = new double[outC];
        for (int p = 0; p < window.outH() * window.outW(); p++) {
            System.arraycopy(bias, 0, sum, 0, outC);
            window.forEachTap(p / window.outW(), p % window.outW(), (element, pixel) -> {
                for (int o = 0; pixel >= 0 && o < outC; o++) {
                    sum[o] += weight.get(element * outC + o) * image.get(pixel * inC + o / a.multiplier());
                }
            });
            for (int o = 0; o < outC; o++) {
                result.set(p * outC + o, sum[o]);
            }
        }
        return result;
    }

    @Override
    protected boolean hasBias(Attributes a) {
        return a.bias();
    }

    @Override
    protected Attributes withBias(Attributes a) {
        return new Attributes(a.kernel(), a.stride(), a.padding(), a.dilation(), a.multiplier(), true);
    }

    @Override
    public int channels(Attributes a, Shape weightShape) {
        return weightShape.dim(2) * weightShape.dim(3);
    }

    @Override
    public boolean isPadded(Attributes a, Shape input) {
        return window(a, input).isPadded();
    }

    @Override
    public int groups(Attributes a, Shape weightShape) {
        return weightShape.dim(2);
    }

    @Override
    public int places(Attributes a, Shape input) {
        Window window = window(a, input);
        return window.outH() * window.outW();
    }

    @Override
    public void readPatch(Attributes a, FloatTensor image, int group, int place, float[] patch) {
        Window window = window(a, image.shape());
        int inC = image.shape().last();
        window.forEachTap(place / window.outW(), place % window.outW(), (element, pixel) ->
                patch[element] = pixel < 0 ? 0 : image.get(pixel * inC + group));
    }

    @Override
    public int inputOf(Attributes a, Shape weightShape, int index) {
        return index / a.multiplier() % weightShape.dim(2);
    }

    @Override
    protected IntegerOperation integerForm(Attributes a, Value input, QuantizedSum sum) {
        return new Int8(new Geometry(window(a, input.shape()), input.shape().last(), sum.channels(), a.multiplier(),
                input.quantized().zeroPoint()), sum.weights(), sum.bias(), sum.requantization());
    }

    @Override
    protected Conv2d.Geometry asConvolution(Attributes a, Value input, int channels) {
        return new Conv2d.Geometry(window(a, input.shape()), input.shape().last(), channels, input.shape().last(),
                input.quantized().zeroPoint());
    }

    /** The kernel's literals. */
    public record Geometry(Window window, int inC, int outC, int multiplier, int inZero) implements SlidingSum.Literals {
    }

    /**
     * The depthwise convolution of int8 images. Outside the image, the input reads as its zero point.
     *
     * @param weights [outC][kernelH][kernelW]; the kernel reads them as [kernelH][kernelW][outC]
     * @param bias    [outC]
     */
    public record Int8(Geometry geometry, IntTensor weights, IntTensor bias, Requantization requantization)
            implements SlidingSum<Geometry> {

        @Override
        public Int8 with(IntTensor otherWeights, IntTensor otherBias, Requantization other) {
            return new Int8(geometry, otherWeights, otherBias, other);
        }

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            IntTensor image = inputs.get(0);
            Window window = geometry.window();
            int area = window.kernelH() * window.kernelW();
            IntTensor result = IntTensor.zeros(window.output(geometry.outC()));
            int[] sum = new int[1];
            for (int i = 0; i < result.size(); i++) {
                int pixelOut = i / geometry.outC();
                int o = i % geometry.outC();
                sum[0] = bias.get(o);
                window.forEachTap(pixelOut / window.outW(), pixelOut % window.outW(), (element, pixel) -> {
                    int x = pixel < 0 ? geometry.inZero()
                            : image.get(pixel * geometry.inC() + o / geometry.multiplier());
                    sum[0] = Math.addExact(sum[0], weights.get(o * area + element) * x);
                });
                result.set(i, requantization.apply(o, sum[0]));
            }
            return result;
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            return KnownChannels.of(geometry.outC(), o -> constant(o, inputs.get(0)));
        }

        private OptionalInt constant(int o, KnownChannels x) {
            int area = weights.size() / geometry.outC();
            OptionalInt value = x.find(o / geometry.multiplier());
            boolean zero = IntStream.range(o * area, (o + 1) * area).allMatch(i -> weights.get(i) == 0);
            if (value.isEmpty() && !zero) {
                return OptionalInt.empty();
            }
            return geometry.window().uniform((row, column) -> {
                int[] sum = {bias.get(o)};
                geometry.window().forEachTap(row, column, (element, pixel) -> sum[0] += weights.get(o * area + element)
                        * (pixel < 0 ? geometry.inZero() : value.orElse(0)));
                return requantization.apply(o, sum[0]);
            });
        }

        /** An input channel goes when all output channels that read it go. */
        @Override
        public void settle(ChannelFlow flow) {
            for (int c = 0; c < geometry.inC(); c++) {
                int from = c * geometry.multiplier();
                int to = from + geometry.multiplier();
                if (flow.input(0).get(c) || flow.output().get(from, to).cardinality() > 0) {
                    flow.input(0).set(c);
                    flow.output().set(from, to);
                }
            }
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            int[] channels = flow.output().stream().toArray();
            int area = weights.size() / geometry.outC();
            IntTensor remaining = IntTensor.zeros(Shape.of(channels.length, area));
            for (int i = 0; i < remaining.size(); i++) {
                remaining.set(i, weights.get(channels[i / area] * area + i % area));
            }
            return new Int8(new Geometry(geometry.window(), flow.input(0).cardinality(), channels.length,
                    geometry.multiplier(), geometry.inZero()), remaining, bias.select(channels),
                    requantization.select(channels));
        }

        @Override
        public Int8 withWindow(Window window) {
            return new Int8(new Geometry(window, geometry.inC(), geometry.outC(), geometry.multiplier(),
                    geometry.inZero()), weights, bias, requantization);
        }

        @Override
        public List<Constant> constants() {
            int area = weights.size() / geometry.outC();
            IntTensor byElement = IntTensor.zeros(Shape.of(area, geometry.outC()));
            for (int i = 0; i < weights.size(); i++) {
                byElement.set(i % area * geometry.outC() + i / area, weights.get(i));
            }
            return Constants.ofSum(byElement, bias, requantization);
        }

        @Override
        public String mnemonic() {
            return "depthwise_conv2d";
        }
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[6, 5, 7]", "depthwise_conv2d(kernel = 3, padding = same) |> relu"),
                Example.of("[8, 9, 3]", "depthwise_conv2d(kernel = [2, 3], stride = 2, multiplier = 3)"),
                Example.of("[7, 7, 4]", "depthwise_conv2d(kernel = 3, dilation = 2, padding = [1, 2, 2, 1])"),
                Example.of("[10, 6, 16]", "depthwise_conv2d(kernel = [10, 1], bias = false)"));
    }
}
