package qcc.ops;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The piecewise approximation of the swish function. */
public final class HardSwish extends ElementFunction<NoAttributes> {

    public HardSwish() {
        super("hard_swish", "x * relu6(x + 3) / 6", NoAttributes.class);
    }

    @Override
    protected DoubleUnaryOperator function(NoAttributes attributes) {
        return x -> x * Math.max(0, Math.min(6, x + 3)) / 6;
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "hard_swish"),
                Example.of("[6, 6, 2]", "conv2d(filters = 4, kernel = 3) |> hard_swish"));
    }
}
