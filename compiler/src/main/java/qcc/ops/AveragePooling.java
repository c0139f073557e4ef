package qcc.ops;

import java.util.List;
import java.util.OptionalInt;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.wide.WideMean;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * The mean of each window, for every channel; elements outside the image do not count.
 *
 * @param <A> the operator's arguments
 */
public abstract class AveragePooling<A extends Record> extends Operator<A> {
    /** Padded windows need a multiplier for every possible count; more than this are refused. */
    private static final int MAX_COUNTS = 1024;

    protected AveragePooling(String name, String summary, Class<A> attributes) {
        super(name, summary, attributes);
    }

    /** The window over an image. */
    protected abstract Window window(A attributes, Shape image);

    /** The shape of the result for a window. */
    protected Shape resultShape(Window window, int channels) {
        return window.output(channels);
    }

    @Override
    public boolean scalesWithInput() {
        return true;
    }

    @Override
    public boolean keepsMean() {
        return true;
    }

    @Override
    public Shape infer(A attributes, List<Shape> inputs) {
        Window window = window(attributes, inputs.get(0));
        if (window.isPadded() && (long) window.kernelH() * window.kernelW() > MAX_COUNTS) {
            throw new ShapeException("a padded window of more than " + MAX_COUNTS + " elements is not supported",
                    "use padding = valid");
        }
        return resultShape(window, inputs.get(0).last());
    }

    @Override
    public FloatTensor evaluate(Layer<A> layer, List<FloatTensor> inputs) {
        FloatTensor image = inputs.get(0);
        Window window = window(layer.attributes(), image.shape());
        int channels = image.shape().last();
        FloatTensor result = FloatTensor.zeros(resultShape(window, channels));
        double[] sum = new double[1];
        int[] count = new int[1];
        for (int i = 0; i < result.size(); i++) {
            int c = i % channels;
            sum[0] = 0;
            count[0] = 0;
            window.forEachTap(i / channels / window.outW(), i / channels % window.outW(), (element, pixel) -> {
                if (pixel >= 0) {
                    sum[0] += image.get(pixel * channels + c);
                    count[0]++;
                }
            });
            result.set(i, sum[0] / count[0]);
        }
        return result;
    }

    @Override
    public boolean takesInt16(A attributes) {
        return true;
    }

    @Override
    public boolean fusesClamp() {
        return true;
    }

    /** The derivative by the image of {@code sum gradient[i] * result[i]}. */
    public FloatTensor spread(A attributes, Shape image, FloatTensor gradient) {
        Window window = window(attributes, image);
        int channels = image.last();
        FloatTensor result = FloatTensor.zeros(image);
        for (int i = 0; i < gradient.size(); i++) {
            int row = i / channels / window.outW();
            int column = i / channels % window.outW();
            int c = i % channels;
            double share = (double) gradient.get(i) / window.count(row, column);
            window.forEachTap(row, column, (element, pixel) -> {
                if (pixel >= 0) {
                    result.set(pixel * channels + c, result.get(pixel * channels + c) + share);
                }
            });
        }
        return result;
    }

    @Override
    public Value lower(Layer<A> layer, Lowering lowering) {
        Value x = lowering.input();
        double[] ratios = new double[counts(layer.attributes(), x.shape())];
        Window window = window(layer.attributes(), x.shape());
        int area = window.kernelH() * window.kernelW();
        for (int i = 0; i < ratios.length; i++) {
            int count = window.isPadded() ? i + 1 : area;
            ratios[i] = x.quantized().scale().toDouble() / (lowering.output().scale().toDouble() * count);
        }
        Requantization requantization = new Requantization(
                Requantizations.multiply(ratios, lowering.output().zeroPoint()),
                Requantizations.lowBound(lowering.output(), layer.clamp()),
                Requantizations.highBound(lowering.output(), layer.clamp()));
        Int8 operation = integerForm(layer.attributes(), x.shape(), x.quantized().zeroPoint(), requantization);
        return lowering.emit(lowering.isWide() ? wide(operation, x.quantized(), lowering.output()) : operation,
                lowering.inputs(), operation.shape(), lowering.output());
    }

    private static WideMean wide(Int8 mean, Quantization input, Quantization output) {
        Geometry g = mean.geometry();
        return new WideMean(new WideMean.Geometry(g.window(), g.channels(), g.inZero(), WideLowering.bits(input),
                WideLowering.bits(output)), mean.shape(), mean.requantization());
    }

    /** How many factors the rule of an integer form has: a padded window one for every possible count. */
    public int counts(A attributes, Shape image) {
        Window window = window(attributes, image);
        return window.isPadded() ? window.kernelH() * window.kernelW() : 1;
    }

    /** The integer operation for an image with the zero point {@code inZero}. */
    public Int8 integerForm(A attributes, Shape image, int inZero, Requantization requantization) {
        Window window = window(attributes, image);
        return new Int8(new Geometry(window, image.last(), inZero), resultShape(window, image.last()),
                requantization);
    }

    /** The kernel's literals. */
    public record Geometry(Window window, int channels, int inZero) implements PoolOperation.Literals {
    }

    /**
     * The requantised {@code sum x - count * inZero} over the elements of each window inside the image. The rule is a
     * multiplication by a factor that contains 1 / count: one entry, or entry count - 1 of as many as the window has.
     */
    public record Int8(Geometry geometry, Shape shape, Requantization requantization)
            implements RequantizedOperation, PoolOperation<Geometry> {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            IntTensor counts = geometry.window().counts();
            IntTensor result = geometry.window().fold(inputs.get(0), 0,
                    (sum, x) -> Math.addExact(sum, x - geometry.inZero())).reshape(shape);
            for (int i = 0; i < result.size(); i++) {
                int count = counts.get(i / geometry.channels());
                result.set(i, requantization.apply(count - 1, result.get(i)));
            }
            return result;
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            KnownChannels x = inputs.get(0);
            return KnownChannels.of(geometry.channels(), c -> x.isKnown(c)
                    ? geometry.window().uniform((row, column) -> mean(row, column, x.value(c)))
                    : OptionalInt.empty());
        }

        private int mean(int row, int column, int x) {
            int count = geometry.window().count(row, column);
            return requantization.apply(count - 1, Math.multiplyExact(count, x - geometry.inZero()));
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            int channels = flow.output().cardinality();
            return new Int8(new Geometry(geometry.window(), channels, geometry.inZero()), shape.withLast(channels),
                    requantization);
        }

        @Override
        public List<Constant> constants() {
            return requantization.constants();
        }

        @Override
        public void proveAccumulators() {
            long bound = 255L * geometry.window().kernelH() * geometry.window().kernelW();
            requantization.prove("the sum over a window", 0, bound);
        }

        @Override
        public String mnemonic() {
            return "avg_pool";
        }

        @Override
        public String describe() {
            return PoolOperation.super.describe() + ", " + requantization;
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return shape;
        }
    }
}
