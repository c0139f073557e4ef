package qcc.ops;

import java.util.List;
import java.util.OptionalInt;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.ops.attributes.Padding;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Extends an image by rows and columns of zeros. */
public final class Pad extends Operator<Pad.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "rows and columns to add", min = 0, max = 1024) Padding.Explicit padding) {
    }

    public Pad() {
        super("pad", "extends an image by zeros", Attributes.class);
    }

    @Override
    public boolean scalesWithInput() {
        return true;
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        Shape image = inputs.get(0);
        Window.requireImage(image);
        Padding.Explicit p = a.padding();
        return Shape.of(image.dim(0) + p.top() + p.bottom(), image.dim(1) + p.left() + p.right(), image.last());
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        FloatTensor image = inputs.get(0);
        Shape in = image.shape();
        FloatTensor result = FloatTensor.zeros(infer(layer.attributes(), List.of(in)));
        Padding.Explicit p = layer.attributes().padding();
        int row = in.dim(1) * in.last();
        for (int i = 0; i < image.size(); i++) {
            int at = (i / row + p.top()) * result.shape().dim(1) * in.last() + p.left() * in.last() + i % row;
            result.set(at, image.get(i));
        }
        return result;
    }

    @Override
    public boolean takesInt16(Attributes attributes) {
        return true;
    }

    @Override
    public OutputScale outputScale(Attributes attributes) {
        return OutputScale.SAME_AS_INPUT;
    }

    @Override
    public Value lower(Layer<Attributes> layer, Lowering lowering) {
        Shape in = lowering.input().shape();
        Padding.Explicit p = layer.attributes().padding();
        IntegerOperation operation = WideLowering.moving(lowering.output().type(), integerForm(in, p, lowering),
                () -> integerForm(WideLowering.bytes(in), p, lowering));
        return lowering.emit(operation, lowering.inputs(), operation.resultShape(List.of(in)), lowering.output());
    }

    private static Int8 integerForm(Shape in, Padding.Explicit p, Lowering lowering) {
        return new Int8(new Geometry(in.dim(0), in.dim(1), in.last(), p.top(), p.bottom(), p.left(), p.right(),
                lowering.output().zeroPoint()));
    }

    /** The kernel's literals; {@code value} is the zero point. */
    public record Geometry(int inH, int inW, int channels, int top, int bottom, int left, int right, int value) {
    }

    /** The image with {@code top}, {@code bottom}, {@code left}, {@code right} rows and columns of {@code value}. */
    public record Int8(Geometry geometry) implements PointwiseOperation {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            Geometry g = geometry;
            IntTensor result = IntTensor.zeros(resultShape(List.of()));
            int outW = result.shape().dim(1);
            for (int i = 0; i < result.size(); i++) {
                int row = i / g.channels() / outW - g.top();
                int column = i / g.channels() % outW - g.left();
                boolean inside = row >= 0 && row < g.inH() && column >= 0 && column < g.inW();
                result.set(i, inside
                        ? inputs.get(0).get((row * g.inW() + column) * g.channels() + i % g.channels()) : g.value());
            }
            return result;
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            boolean extended = geometry.top() + geometry.bottom() + geometry.left() + geometry.right() > 0;
            return KnownChannels.of(geometry.channels(), c -> {
                OptionalInt x = inputs.get(0).find(c);
                return extended && !x.equals(OptionalInt.of(geometry.value())) ? OptionalInt.empty() : x;
            });
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            Geometry g = geometry;
            return new Int8(new Geometry(g.inH(), g.inW(), flow.output().cardinality(), g.top(), g.bottom(), g.left(),
                    g.right(), g.value()));
        }

        @Override
        public String mnemonic() {
            return "pad";
        }

        @Override
        public String describe() {
            return "value = " + geometry.value();
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return Shape.of(geometry.inH() + geometry.top() + geometry.bottom(),
                    geometry.inW() + geometry.left() + geometry.right(), geometry.channels());
        }
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "pad(padding = [1, 2, 3, 0])"),
                Example.of("[5, 5, 2]", "relu |> pad(padding = [0, 1, 0, 1]) |> max_pool(kernel = 2)"));
    }
}
