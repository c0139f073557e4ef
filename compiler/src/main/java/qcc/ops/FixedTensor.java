package qcc.ops;

import java.util.List;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** A tensor that is the same in every run: the operand of another layer, such as the embedding of positions. */
public final class FixedTensor extends Operator<FixedTensor.Attributes> {
    public static final String VALUE = "value";
    private static final int MAX_RANK = 4;

    /** Arguments in QDSL. */
    public record Attributes(@Attribute(value = "its extents", min = 1, max = 1 << 26) Shape shape) {
    }

    public FixedTensor() {
        super("constant", "a tensor that is the same in every run", Attributes.class);
    }

    @Override
    public Arity arity() {
        return Arity.NONE;
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        if (a.shape().rank() > MAX_RANK) {
            throw new ShapeException("the shape " + a.shape() + " has more than " + MAX_RANK + " extents",
                    "join some of them");
        }
        return a.shape();
    }

    @Override
    public List<ParameterSpec> parameters(Attributes a, List<Shape> inputs) {
        return List.of(ParameterSpec.weight(VALUE, a.shape(), 1, "[as the argument says]"));
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        return layer.parameter(VALUE);
    }

    @Override
    public Value lower(Layer<Attributes> layer, Lowering lowering) {
        FloatTensor real = layer.clamped(layer.parameter(VALUE));
        Quantization quantization = lowering.output();
        IntTensor data = IntTensor.zeros(real.shape());
        for (int i = 0; i < data.size(); i++) {
            data.set(i, quantization.quantize(real.get(i)));
        }
        return lowering.emit(ConstantTensor.of(data), List.of(), data.shape(), quantization);
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[5, 4, 3]", "add(constant([5, 4, 3])) |> relu"),
                Example.of("[6, 7]", "sub(constant(shape = [7]))"),
                Example.of("[4, 3, 2]", "concat(constant([4, 3, 5])) |> conv2d(filters = 3, kernel = 2)"));
    }
}
