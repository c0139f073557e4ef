package qcc.ops;

import java.util.List;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.Shape;

/** The mean of every channel over the whole image; the result has one dimension. */
public final class GlobalAvgPool extends AveragePooling<NoAttributes> {

    public GlobalAvgPool() {
        super("global_avg_pool", "mean of every channel: [h, w, c] becomes [c]", NoAttributes.class);
    }

    @Override
    protected Window window(NoAttributes attributes, Shape image) {
        Window.requireImage(image);
        Extent whole = new Extent(image.dim(0), image.dim(1));
        return Window.of(image, whole, new Extent(1, 1), new Padding.Valid(), new Extent(1, 1));
    }

    @Override
    protected Shape resultShape(Window window, int channels) {
        return Shape.of(channels);
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[6, 8, 5]", "global_avg_pool"),
                Example.of("[1, 1, 3]", "global_avg_pool |> relu"),
                Example.of("[25, 5, 16]", "relu |> global_avg_pool"));
    }
}
