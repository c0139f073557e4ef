package qcc.ops;

import java.util.List;
import java.util.Optional;
import qcc.tensor.Shape;

/**
 * An integer operation on one int8 image [inH, inW, inC], each of whose results [outH, outW, channels] is made of what
 * a window sees at one place.
 *
 * @param <G> the kernel's literals
 */
public interface SlidingOperation<G extends Record & SlidingOperation.Literals> extends IntegerOperation {

    /** What the literals of all such kernels hold. */
    interface Literals {

        Window window();

        /** Of the result. */
        int outC();
    }

    @Override
    G geometry();

    @Override
    default Optional<Window> window() {
        return Optional.of(geometry().window());
    }

    @Override
    default Shape resultShape(List<Shape> inputs) {
        return geometry().window().output(geometry().outC());
    }
}
