package qcc.numpy;

import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the header of a {@code .npy} file says of the array.
 *
 * @param shape the length of every axis; at most {@link #MAX_RANK} of them
 */
record NpyHeader(ElementType type, ByteOrder order, boolean fortranOrder, List<Integer> shape) {
    static final int MAX_RANK = 32;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** The number of elements; exact, however large the lengths are. */
    long elements() {
        long elements = 1;
        for (int length : shape) {
            if (length == 0) {
                return 0;
            }
            elements = elements > Long.MAX_VALUE / length ? Long.MAX_VALUE : elements * length;
        }
        return elements;
    }

    /** The size of the elements, or {@link Long#MAX_VALUE} when it is beyond that. */
    long bytes() {
        long elements = elements();
        return elements > Long.MAX_VALUE / type.bytes() ? Long.MAX_VALUE : elements * type.bytes();
    }

    int[] shapeArray() {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The Python dictionary that stands in the file; the reverse of {@link NpyHeaderParser#parse}. */
    String text() {
        String prefix = type.bytes() == 1 ? "|" : order == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
        String lengths = shape.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (shape.size() == 1 ? "," : "");
        return "{'descr': '" + prefix + type.numpyName() + "', 'fortran_order': " + (fortranOrder ? "True" : "False")
                + ", 'shape': (" + lengths + "), }";
    }
}
