package qcc.ops;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.wide.WideMaximum;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The largest element of each window, for every channel. */
public final class MaxPool extends Operator<PoolAttributes> {

    public MaxPool() {
        super("max_pool", "largest element of each window", PoolAttributes.class);
    }

    @Override
    public boolean scalesWithInput() {
        return true;
    }

    @Override
    public Shape infer(PoolAttributes a, List<Shape> inputs) {
        return a.window(inputs.get(0)).output(inputs.get(0).last());
    }

    @Override
    public FloatTensor evaluate(Layer<PoolAttributes> layer, List<FloatTensor> inputs) {
        FloatTensor image = inputs.get(0);
        Window window = layer.attributes().window(image.shape());
        int channels = image.shape().last();
        FloatTensor result = FloatTensor.zeros(window.output(channels));
        double[] max = new double[1];
        for (int i = 0; i < result.size(); i++) {
            int c = i % channels;
            max[0] = Double.NEGATIVE_INFINITY;
            window.forEachTap(i / channels / window.outW(), i / channels % window.outW(), (element, pixel) -> {
                if (pixel >= 0) {
                    max[0] = Math.max(max[0], image.get(pixel * channels + c));
                }
            });
            result.set(i, max[0]);
        }
        return result;
    }

    @Override
    public OutputScale outputScale(PoolAttributes attributes) {
        return OutputScale.SAME_AS_INPUT;
    }

    @Override
    public boolean takesInt16(PoolAttributes attributes) {
        return true;
    }

    @Override
    public boolean fusesClamp() {
        return true;
    }

    @Override
    public Value lower(Layer<PoolAttributes> layer, Lowering lowering) {
        Value x = lowering.input();
        Quantization q = lowering.output();
        Int8 operation = new Int8(new Geometry(layer.attributes().window(x.shape()), x.shape().last(),
                Requantizations.lowBound(q, layer.clamp()), Requantizations.highBound(q, layer.clamp())));
        Geometry g = operation.geometry();
        return lowering.emit(lowering.isWide() ? new WideMaximum(new WideMaximum.Geometry(g.window(), g.channels(),
                g.lo(), g.hi())) : operation, lowering.inputs(), operation.resultShape(List.of(x.shape())), q);
    }

    /** The kernel's literals. */
    public record Geometry(Window window, int channels, int lo, int hi) implements PoolOperation.Literals {
    }

    /** {@code clamp(max x, lo, hi)} over the elements of each window that lie inside the image. */
    public record Int8(Geometry geometry) implements PoolOperation<Geometry>, PaddedOperation {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            return geometry.window().fold(inputs.get(0), Quantization.MIN, Math::max)
                    .map(max -> Math.max(geometry.lo(), Math.min(geometry.hi(), max)));
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            return KnownChannels.of(geometry.channels(), c -> inputs.get(0).isKnown(c)
                    ? geometry.window().uniform((row, column) -> largest(row, column, inputs.get(0).value(c)))
                    : OptionalInt.empty());
        }

        private int largest(int row, int column, int x) {
            int max = geometry.window().count(row, column) > 0 ? x : Quantization.MIN;
            return Math.max(geometry.lo(), Math.min(geometry.hi(), max));
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            return new Int8(new Geometry(geometry.window(), flow.output().cardinality(), geometry.lo(),
                    geometry.hi()));
        }

        /** Nothing is below the smallest value, so that a border of it is as good as none. */
        @Override
        public Optional<IntegerOperation> withPadding(Pad.Geometry pad) {
            return pad.value() != Quantization.MIN ? Optional.empty()
                    : Optional.of(new Int8(new Geometry(geometry.window().before(pad), geometry.channels(),
                            geometry.lo(), geometry.hi())));
        }

        @Override
        public String mnemonic() {
            return "max_pool";
        }

    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[6, 8, 5]", "max_pool(kernel = 2)"),
                Example.of("[7, 5, 3]", "max_pool(kernel = [3, 2], stride = 2, padding = same) |> relu"),
                Example.of("[5, 5, 9]", "max_pool(kernel = 3, stride = 1, padding = [1, 0, 2, 1])"));
    }
}
