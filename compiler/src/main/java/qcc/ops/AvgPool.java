package qcc.ops;

import java.util.List;
import qcc.tensor.Shape;

/** The mean of each window. */
public final class AvgPool extends AveragePooling<PoolAttributes> {

    public AvgPool() {
        super("avg_pool", "mean of each window", PoolAttributes.class);
    }

    @Override
    protected Window window(PoolAttributes attributes, Shape image) {
        return attributes.window(image);
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[6, 8, 5]", "avg_pool(kernel = 2)"),
                Example.of("[7, 5, 3]", "avg_pool(kernel = 3, stride = 2, padding = same)"),
                Example.of("[5, 6, 4]", "avg_pool(kernel = [5, 2], stride = 1, padding = [0, 2, 1, 0]) |> relu"));
    }
}
