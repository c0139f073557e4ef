package qcc.ops;

import java.util.List;
import qcc.ir.Interval;

/** Rectified linear unit. */
public final class Relu extends ClampFunction<NoAttributes> {

    public Relu() {
        super("relu", "max(x, 0)", NoAttributes.class);
    }

    @Override
    public boolean scalesWithInput() {
        return true;
    }

    @Override
    public Interval bounds(NoAttributes attributes) {
        return new Interval(0, Double.POSITIVE_INFINITY);
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "relu"),
                Example.of("[3, 3, 4]", "conv2d(filters = 5, kernel = 1) |> relu"));
    }
}
