package qcc.ops.given;

import java.util.List;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.Shape;

/** The arguments that give a window. */
final class Windows {
    private Windows() {
    }

    static Extent kernel(Window window) {
        return new Extent(window.kernelH(), window.kernelW());
    }

    static Extent stride(Window window) {
        return new Extent(window.strideH(), window.strideW());
    }

    static Extent dilation(Window window) {
        return new Extent(window.dilationH(), window.dilationW());
    }

    /** The simplest padding that gives the window. */
    static Padding padding(Window window) {
        Shape image = Shape.of(window.inH(), window.inW(), 1);
        for (Padding padding : List.of(new Padding.Valid(), new Padding.Same())) {
            boolean fits = padding instanceof Padding.Same || window.padTop() + window.padLeft() == 0
                    && window.row(window.outH() - 1, window.kernelH() - 1) < window.inH()
                    && window.column(window.outW() - 1, window.kernelW() - 1) < window.inW();
            if (fits && Window.of(image, kernel(window), stride(window), padding, dilation(window)).equals(window)) {
                return padding;
            }
        }
        int bottom = window.row(window.outH() - 1, window.kernelH() - 1) - window.inH() + 1;
        int right = window.column(window.outW() - 1, window.kernelW() - 1) - window.inW() + 1;
        return new Padding.Explicit(window.padTop(), Math.max(0, bottom), window.padLeft(), Math.max(0, right));
    }
}
