package qcc.ops;

import java.util.List;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.ops.attributes.Extent;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Enlarges an image by whole factors; every pixel is repeated (nearest neighbour). */
public final class Upsample extends Operator<Upsample.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "how often each pixel is repeated", min = 1, max = 64) Extent factor) {
    }

    public Upsample() {
        super("upsample", "enlarges an image by repeating pixels", Attributes.class);
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
    public Shape infer(Attributes a, List<Shape> inputs) {
        Shape image = inputs.get(0);
        Window.requireImage(image);
        return Shape.of(image.dim(0) * a.factor().height(), image.dim(1) * a.factor().width(), image.last());
    }

    private static int source(int index, int inW, int channels, Extent factor) {
        int outW = inW * factor.width();
        int row = index / channels / outW / factor.height();
        int column = index / channels % outW / factor.width();
        return (row * inW + column) * channels + index % channels;
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        Shape in = inputs.get(0).shape();
        FloatTensor result = FloatTensor.zeros(infer(layer.attributes(), List.of(in)));
        for (int i = 0; i < result.size(); i++) {
            result.set(i, inputs.get(0).get(source(i, in.dim(1), in.last(), layer.attributes().factor())));
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
        Extent factor = layer.attributes().factor();
        IntegerOperation operation = WideLowering.moving(lowering.output().type(), integerForm(in, factor),
                () -> integerForm(WideLowering.bytes(in), factor));
        return lowering.emit(operation, lowering.inputs(), operation.resultShape(List.of(in)), lowering.output());
    }

    private static Int8 integerForm(Shape in, Extent factor) {
        return new Int8(new Geometry(in.dim(0), in.dim(1), in.last(), factor.height(), factor.width()));
    }

    /** The kernel's literals. */
    public record Geometry(int inH, int inW, int channels, int factorH, int factorW) {
    }

    /** The image with every pixel repeated {@code factorH} times downwards and {@code factorW} times to the right. */
    public record Int8(Geometry geometry) implements PointwiseOperation {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            Extent factor = new Extent(geometry.factorH(), geometry.factorW());
            IntTensor result = IntTensor.zeros(resultShape(List.of()));
            for (int i = 0; i < result.size(); i++) {
                result.set(i, inputs.get(0).get(source(i, geometry.inW(), geometry.channels(), factor)));
            }
            return result;
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            return inputs.get(0);
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            return new Int8(new Geometry(geometry.inH(), geometry.inW(), flow.output().cardinality(),
                    geometry.factorH(), geometry.factorW()));
        }

        @Override
        public String mnemonic() {
            return "upsample";
        }

        @Override
        public String describe() {
            return "factor = [" + geometry.factorH() + ", " + geometry.factorW() + "]";
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return Shape.of(geometry.inH() * geometry.factorH(), geometry.inW() * geometry.factorW(),
                    geometry.channels());
        }
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "upsample(factor = 2)"),
                Example.of("[3, 2, 5]", "upsample(factor = [1, 3]) |> conv2d(filters = 2, kernel = 2)"));
    }
}
