package qcc.ops;

import java.util.Optional;
import qcc.ops.attributes.Attribute;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.Shape;

/** Arguments of pooling operators in QDSL. */
public record PoolAttributes(
        @Attribute(value = "size of the window", min = 1, max = 4096) Extent kernel,
        @Attribute(value = "step between windows; the size of the window if not given", min = 1, max = 4096)
        Optional<Extent> stride,
        @Attribute(value = "extension at the borders; elements outside the image do not count", fallback = "valid",
                min = 0, max = 1024) Padding padding) {

    /** The window over an image; every window must hold at least one pixel of it. */
    Window window(Shape image) {
        Window window = Window.of(image, kernel, stride.orElse(kernel), padding, new Extent(1, 1));
        if (padding instanceof Padding.Explicit p && (p.top() >= kernel.height() || p.bottom() >= kernel.height()
                || p.left() >= kernel.width() || p.right() >= kernel.width())) {
            throw new ShapeException("padding " + padding + " is not smaller than the window " + kernel
                    + ", so that some windows hold nothing but padding", "use less padding");
        }
        return window;
    }
}
