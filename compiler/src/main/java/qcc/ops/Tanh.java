package qcc.ops;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import qcc.ir.Quantization;
import qcc.ir.Scale;

/** Hyperbolic tangent; its results have the scale 1/128. */
public final class Tanh extends ElementFunction<NoAttributes> {

    public Tanh() {
        super("tanh", "hyperbolic tangent", NoAttributes.class);
    }

    @Override
    protected DoubleUnaryOperator function(NoAttributes attributes) {
        return x -> StrictMath.tanh(x);
    }

    @Override
    public OutputScale outputScale(NoAttributes attributes) {
        return OutputScale.FIXED;
    }

    @Override
    public Quantization fixedQuantization() {
        return new Quantization(Scale.powerOfTwo(-7), 0);
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "tanh"),
                Example.of("[9]", "dense(11) |> tanh"));
    }
}
