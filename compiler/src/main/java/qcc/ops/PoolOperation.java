package qcc.ops;

/**
 * A pool: every result is made of what the window sees of one channel, inside the image.
 *
 * @param <G> the kernel's literals
 */
public interface PoolOperation<G extends Record & PoolOperation.Literals>
        extends SlidingOperation<G>, PointwiseOperation {

    /** What the literals of all pools hold. */
    interface Literals extends SlidingOperation.Literals {

        /** Of the image and of the result. */
        int channels();

        @Override
        default int outC() {
            return channels();
        }
    }

    @Override
    default String describe() {
        return "kernel = [" + geometry().window().kernelH() + ", " + geometry().window().kernelW() + "]";
    }
}
