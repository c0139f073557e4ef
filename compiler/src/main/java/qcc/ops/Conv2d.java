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

/** Two-dimensional convolution (cross-correlation), also grouped and dilated. */
public final class Conv2d extends WeightedOperator<Conv2d.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "number of output channels", min = 1, max = 1 << 16) int filters,
            @Attribute(value = "size of the kernel", min = 1, max = 1024) Extent kernel,
            @Attribute(value = "step between windows", fallback = "1", min = 1, max = 1024) Extent stride,
            @Attribute(value = "extension at the borders, with zeros", fallback = "valid", min = 0, max = 1024)
            Padding padding,
            @Attribute(value = "distance of neighbouring kernel elements", fallback = "1", min = 1, max = 1024)
            Extent dilation,
            @Attribute(value = "groups of channels that are convolved separately", fallback = "1", min = 1,
                    max = 1 << 16) int groups,
            @Attribute(value = "whether the layer has a bias", fallback = "true") boolean bias) {
    }

    public Conv2d() {
        super("conv2d", "two-dimensional convolution", Attributes.class);
    }

    private static Window window(Attributes a, Shape image) {
        return Window.of(image, a.kernel(), a.stride(), a.padding(), a.dilation());
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        Window window = window(a, inputs.get(0));
        int channels = inputs.get(0).last();
        if (channels % a.groups() != 0 || a.filters() % a.groups() != 0) {
            throw new ShapeException(a.groups() + " groups do not divide " + channels + " input channels and "
                    + a.filters() + " filters", "both numbers must be multiples of groups");
        }
        return window.output(a.filters());
    }

    @Override
    public List<ParameterSpec> parameters(Attributes a, List<Shape> inputs) {
        int depth = inputs.get(0).last() / a.groups();
        Shape shape = Shape.of(a.kernel().height(), a.kernel().width(), depth, a.filters());
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weight(WEIGHT, shape, (int) a.kernel().area() * depth,
                "[kernel height, kernel width, input channels / groups, filters]"));
        if (a.bias()) {
            specs.add(ParameterSpec.perChannel(BIAS, ParameterSpec.Role.OFFSET, a.filters(), "[filters]"));
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
        int depth = inC / a.groups();
        int filtersPerGroup = a.filters() / a.groups();
        FloatTensor result = FloatTensor.zeros(window.output(a.filters()));
        double[] bias = biases(layer, a.filters());
        double[] sum = new double[a.filters()];
        for (int p = 0; p < window.outH() * window.outW(); p++) {
            System.arraycopy(bias, 0, sum, 0, sum.length);
            window.forEachTap(p / window.outW(), p % window.outW(), (element, pixel) -> {
                for (int i = 0; pixel >= 0 && i < inC; i++) {
                    float x = image.get(pixel * inC + i);
                    int first = i / depth * filtersPerGroup;
                    int row = (element * depth + i % depth) * a.filters();
                    for (int o = first; o < first + filtersPerGroup; o++) {
                        sum[o] += weight.get(row + o) * x;
                    }
                }
            });
            for (int o = 0; o < a.filters(); o++) {
                result.set(p * a.filters() + o, sum[o]);
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
        return new Attributes(a.filters(), a.kernel(), a.stride(), a.padding(), a.dilation(), a.groups(), true);
    }

    @Override
    public int channels(Attributes a, Shape weightShape) {
        return a.filters();
    }

    @Override
    public boolean isPadded(Attributes a, Shape input) {
        return window(a, input).isPadded();
    }

    @Override
    public int groups(Attributes a, Shape weightShape) {
        return a.groups();
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
        int depth = inC / a.groups();
        window.forEachTap(place / window.outW(), place % window.outW(), (element, pixel) -> {
            for (int k = 0; k < depth; k++) {
                patch[element * depth + k] = pixel < 0 ? 0 : image.get(pixel * inC + group * depth + k);
            }
        });
    }

    @Override
    public int inputOf(Attributes a, Shape weightShape, int index) {
        int depth = weightShape.dim(2);
        int group = index % a.filters() / (a.filters() / a.groups());
        return group * depth + index / a.filters() % depth;
    }

    @Override
    protected IntegerOperation integerForm(Attributes a, Value input, QuantizedSum sum) {
        return new Int8(new Geometry(window(a, input.shape()), input.shape().last(), a.filters(), a.groups(),
                input.quantized().zeroPoint()), sum.weights(), sum.bias(), sum.requantization());
    }

    @Override
    protected Geometry asConvolution(Attributes a, Value input, int channels) {
        return new Geometry(window(a, input.shape()), input.shape().last(), channels, a.groups(),
                input.quantized().zeroPoint());
    }

    /** The kernel's literals. */
    public record Geometry(Window window, int inC, int outC, int groups, int inZero) implements SlidingSum.Literals {
    }

    /**
     * The convolution of int8 images. Outside the image, the input reads as its zero point.
     *
     * @param weights [outC][kernelH][kernelW][inC / groups]
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
            int depth = geometry.inC() / geometry.groups();
            int fanIn = weights.size() / geometry.outC();
            int filtersPerGroup = geometry.outC() / geometry.groups();
            IntTensor result = IntTensor.zeros(window.output(geometry.outC()));
            int[] sum = new int[1];
            for (int i = 0; i < result.size(); i++) {
                int pixelOut = i / geometry.outC();
                int o = i % geometry.outC();
                int firstChannel = o / filtersPerGroup * depth;
                sum[0] = bias.get(o);
                window.forEachTap(pixelOut / window.outW(), pixelOut % window.outW(), (element, pixel) -> {
                    for (int k = 0; k < depth; k++) {
                        int x = pixel < 0 ? geometry.inZero() : image.get(pixel * geometry.inC() + firstChannel + k);
                        int w = weights.get(o * fanIn + element * depth + k);
                        sum[0] = Math.addExact(sum[0], w * x);
                    }
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
            int depth = geometry.inC() / geometry.groups();
            int fanIn = weights.size() / geometry.outC();
            int first = o / (geometry.outC() / geometry.groups()) * depth;
            for (int i = 0; i < fanIn; i++) {
                if (weights.get(o * fanIn + i) != 0 && !x.isKnown(first + i % depth)) {
                    return OptionalInt.empty();
                }
            }
            return geometry.window().uniform((row, column) -> {
                int[] sum = {bias.get(o)};
                geometry.window().forEachTap(row, column, (element, pixel) -> {
                    for (int k = 0; k < depth; k++) {
                        int w = weights.get(o * fanIn + element * depth + k);
                        sum[0] += w == 0 ? 0 : w * (pixel < 0 ? geometry.inZero() : x.value(first + k));
                    }
                });
                return requantization.apply(o, sum[0]);
            });
        }

        @Override
        public void settle(ChannelFlow flow) {
            if (geometry.groups() > 1) {
                flow.keepAll();
                return;
            }
            int fanIn = weights.size() / geometry.outC();
            flow.output().stream().forEach(o -> {
                for (int i = 0; i < fanIn; i++) {
                    int c = i % geometry.inC();
                    if (weights.get(o * fanIn + i) != 0 && !foldsIntoBias(flow.known(0), c)) {
                        flow.input(0).set(c);
                    }
                }
            });
        }

        /** At the borders the window reads the zero point, so that another constant would not add the same there. */
        private boolean foldsIntoBias(KnownChannels x, int channel) {
            return x.isKnown(channel)
                    && (!geometry.window().isPadded() || x.value(channel) == geometry.inZero());
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            if (geometry.groups() > 1) {
                return this;
            }
            QuantizedSum sum = QuantizedSum.prune(weights, bias, requantization, flow);
            return new Int8(new Geometry(geometry.window(), flow.input(0).cardinality(), sum.channels(), 1,
                    geometry.inZero()), sum.weights(), sum.bias(), sum.requantization());
        }

        @Override
        public Int8 withWindow(Window window) {
            return new Int8(new Geometry(window, geometry.inC(), geometry.outC(), geometry.groups(),
                    geometry.inZero()), weights, bias, requantization);
        }

        @Override
        public String mnemonic() {
            return "conv2d";
        }
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[6, 7, 3]", "conv2d(filters = 5, kernel = 3, padding = same)"),
                Example.of("[9, 8, 4]", "conv2d(filters = 8, kernel = [3, 2], stride = [2, 1]) |> relu"),
                Example.of("[5, 5, 16]", "conv2d(filters = 10, kernel = 1) |> relu6"),
                Example.of("[7, 7, 6]", "conv2d(filters = 4, kernel = 3, padding = [2, 1, 0, 2], groups = 2)"),
                Example.of("[9, 9, 2]", "conv2d(filters = 3, kernel = 3, dilation = 2, padding = same, bias = false)"));
    }
}
