package qcc.ops;

import java.util.List;
import qcc.ir.Interval;

/** Rectified linear unit that saturates at 6. */
public final class Relu6 extends ClampFunction<NoAttributes> {

    public Relu6() {
        super("relu6", "min(max(x, 0), 6)", NoAttributes.class);
    }

    @Override
    public Interval bounds(NoAttributes attributes) {
        return new Interval(0, 6);
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "relu6"),
                Example.of("[3, 3, 4]", "conv2d(filters = 5, kernel = 1) |> relu6"));
    }
}
