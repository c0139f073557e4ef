package qcc.ops.attributes;

/**
 * How an image is extended at its borders before a window slides over it.
 * {@link Same} and {@link Valid} follow TensorFlow: same gives ceil(size / stride) outputs, the odd element of
 * padding goes to the bottom and the right.
 */
public sealed interface Padding {

    /** Output extent = ceil(input extent / stride). */
    record Same() implements Padding {
        @Override
        public String toString() {
            return "same";
        }
    }

    /** No padding. */
    record Valid() implements Padding {
        @Override
        public String toString() {
            return "valid";
        }
    }

    /** The stated number of rows and columns at each side. */
    record Explicit(int top, int bottom, int left, int right) implements Padding {
        @Override
        public String toString() {
            return "[" + top + ", " + bottom + ", " + left + ", " + right + "]";
        }
    }
}
