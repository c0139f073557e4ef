package qcc.importer.tflite;

import qcc.importer.tflite.schema.Padding;
import qcc.ir.Interval;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.tensor.Shape;

/** The options that convolutions and pools share: how a window moves, and the activation that is fused. */
record Sliding(Extent stride, Extent dilation, qcc.ops.attributes.Padding padding, Interval clamp) {
    private static final int MAX_EXTENT = 4096;

    static Sliding of(int strideH, int strideW, int dilationH, int dilationW, byte padding, byte activation) {
        return new Sliding(new Extent(strideH, strideW), new Extent(dilationH, dilationW), switch (padding) {
            case Padding.SAME -> new qcc.ops.attributes.Padding.Same();
            case Padding.VALID -> new qcc.ops.attributes.Padding.Valid();
            default -> throw new MalformedModel("there is no padding " + padding);
        }, Activations.bounds(activation));
    }

    /** The window of a kernel over an image. */
    Window window(Shape image, Extent kernel) {
        requireExtents(kernel, stride, dilation);
        return Window.of(image, kernel, stride, padding, dilation);
    }

    static void requireExtents(Extent... extents) {
        for (Extent extent : extents) {
            if (Math.min(extent.height(), extent.width()) < 1 || Math.max(extent.height(), extent.width()) > MAX_EXTENT) {
                throw new MalformedModel("a kernel, stride or dilation of " + extent + " is not possible");
            }
        }
    }
}
