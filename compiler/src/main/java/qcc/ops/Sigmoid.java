package qcc.ops;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import qcc.ir.Quantization;
import qcc.ir.Scale;

/** Logistic function; its results have the scale 1/256 and the zero point -128. */
public final class Sigmoid extends ElementFunction<NoAttributes> {

    public Sigmoid() {
        super("sigmoid", "1 / (1 + e^-x)", NoAttributes.class);
    }

    @Override
    protected DoubleUnaryOperator function(NoAttributes attributes) {
        return x -> 1 / (1 + StrictMath.exp(-x));
    }

    @Override
    public OutputScale outputScale(NoAttributes attributes) {
        return OutputScale.FIXED;
    }

    @Override
    public Quantization fixedQuantization() {
        return new Quantization(Scale.powerOfTwo(-8), -128);
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "sigmoid"),
                Example.of("[9]", "dense(11) |> sigmoid"));
    }
}
