package qcc.ops;

import java.util.List;
import qcc.tensor.Shape;

/** Makes a tensor one-dimensional, in row-major order. */
public final class Flatten extends ReshapingOperator<NoAttributes> {

    public Flatten() {
        super("flatten", "makes a tensor one-dimensional", NoAttributes.class);
    }

    @Override
    public Shape infer(NoAttributes attributes, List<Shape> inputs) {
        return Shape.of(inputs.get(0).size());
    }

    @Override
    public List<Example> examples() {
        return List.of(Example.of("[4, 5, 3]", "max_pool(kernel = 2) |> flatten |> dense(3)"),
                Example.of("[2, 3, 4]", "flatten"));
    }
}
