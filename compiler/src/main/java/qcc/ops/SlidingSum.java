package qcc.ops;

import java.util.Optional;

/**
 * A convolution: every result is the requantised weighted sum of what the window sees. Outside the image, the input
 * reads as its zero point.
 *
 * @param <G> the kernel's literals
 */
public interface SlidingSum<G extends Record & SlidingSum.Literals>
        extends SlidingOperation<G>, WeightedSum, ChannelwiseOperation, PaddedOperation {

    /** What the literals of all convolutions hold. */
    interface Literals extends SlidingOperation.Literals {

        /** The zero point of the input, -128..127. */
        int inZero();
    }

    /** The same sums of what another window of as many elements sees. */
    SlidingSum<G> withWindow(Window window);

    @Override
    default Optional<IntegerOperation> withPadding(Pad.Geometry pad) {
        return pad.value() != geometry().inZero() ? Optional.empty()
                : Optional.of(withWindow(geometry().window().before(pad)));
    }

    @Override
    default long macs() {
        return (long) geometry().window().outH() * geometry().window().outW() * weights().size();
    }
}
