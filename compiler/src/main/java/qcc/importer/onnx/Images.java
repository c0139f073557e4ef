package qcc.importer.onnx;

import java.util.List;

/** Images [1, channels, height, width] that are stored as [height, width, channels]. */
final class Images {
    static final int RANK = 4;
    /** The order of storage. */
    static final List<Integer> ORDER = List.of(2, 3, 1);

    private Images() {
    }

    /** The activation for a source with the shape [height, width, channels]. */
    static Activation of(Source source, boolean integers) {
        List<Integer> hwc = source.shape().dims();
        return Activation.of(source, List.of(1, hwc.get(2), hwc.get(0), hwc.get(1)), ORDER, integers);
    }

    /** The source in the shape [height, width, channels]. */
    static Source stored(Scope scope, Activation image) {
        require(image);
        return scope.stored(image, ORDER);
    }

    static void require(Activation image) {
        if (image.dims().size() != RANK || image.dims().get(0) != 1) {
            throw ImportException.unsupported("the input has the shape " + image.dims()
                    + ", an image [1, channels, height, width] is needed", "use a batch of one two-dimensional image");
        }
    }
}
