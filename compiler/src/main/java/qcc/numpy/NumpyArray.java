package qcc.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An immutable array in row-major (C) order, whatever order its file had. Elements are addressed by their flat index,
 * {@code 0 <= index < size()}.
 */
public final class NumpyArray {
    private final ElementType type;
    private final int[] shape;
    private final int size;
    /** The elements as in a little-endian file: the most compact form, and the same for all types. */
    private final ByteBuffer data;

    /** Takes over the bytes, little-endian and row-major. */
    NumpyArray(ElementType type, int[] shape, byte[] littleEndian) {
        this.type = type;
        this.shape = shape.clone();
        this.size = sizeOf(shape);
        if ((long) size * type.bytes() != littleEndian.length) {
            throw new IllegalArgumentException(littleEndian.length + " bytes for " + size + " elements of " + type);
        }
        this.data = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * An array of the given values.
     *
     * @param values row-major; each must be one that the type can hold, floating-point types round to nearest
     * @throws IllegalArgumentException if the number of values is not that of the shape, or one is out of range
     */
    public static NumpyArray of(ElementType type, int[] shape, double... values) {
        if (values.length != sizeOf(shape)) {
            throw new IllegalArgumentException(values.length + " values for shape " + Arrays.toString(shape));
        }
        NumpyArray array = new NumpyArray(type, shape, new byte[Math.multiplyExact(values.length, type.bytes())]);
        for (int i = 0; i < values.length; i++) {
            type.put(array.data, i * type.bytes(), values[i]);
            if (!type.isFloatingPoint() && array.getDouble(i) != values[i]) {
                throw new IllegalArgumentException(values[i] + " is not a value of " + type);
            }
        }
        return array;
    }

    /** An array of FLOAT32. */
    public static NumpyArray ofFloats(int[] shape, float... values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return of(ElementType.FLOAT32, shape, doubles);
    }

    /** An array of an integer type. */
    public static NumpyArray ofInts(ElementType type, int[] shape, int... values) {
        return of(type, shape, Arrays.stream(values).asDoubleStream().toArray());
    }

    public ElementType type() {
        return type;
    }

    /** The length of every axis; empty for a scalar. A copy. */
    public int[] shape() {
        return shape.clone();
    }

    /** The shape as NumPy prints it: {@code (3, 4)}, {@code (3,)}, {@code ()}. */
    public String shapeText() {
        return Arrays.stream(shape).mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    /** An element; for 64-bit integers beyond 2^53, the nearest double. */
    public double getDouble(int index) {
        return type.get(data, at(index));
    }

    /**
     * An element of an integer array, exactly.
     *
     * @throws NumpyException if the elements are not integers
     */
    public long getLong(int index) {
        if (type.isFloatingPoint()) {
            throw NumpyException.wrongType("the array holds " + type.numpyName() + ", not integers");
        }
        return type == ElementType.INT64 ? data.getLong(at(index)) : (long) getDouble(index);
    }

    /** All elements, rounded to the nearest float. */
    public float[] toFloats() {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) getDouble(i);
        }
        return values;
    }

    /** All elements, as {@link #getDouble} gives them. */
    public double[] toDoubles() {
        double[] values = new double[size];
        Arrays.setAll(values, this::getDouble);
        return values;
    }

    /**
     * All elements of an integer array.
     *
     * @throws NumpyException if the elements are not integers, or one does not fit into 32 bits
     */
    public int[] toInts() {
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            long value = getLong(i);
            if (value != (int) value) {
                throw NumpyException.wrongType("element " + i + " is " + value + ", which does not fit into 32 bits");
            }
            values[i] = (int) value;
        }
        return values;
    }

    /** True when no element is NaN or infinite. */
    public boolean isFinite() {
        for (int i = 0; type.isFloatingPoint() && i < size; i++) {
            if (!Double.isFinite(getDouble(i))) {
                return false;
            }
        }
        return true;
    }

    /** The elements, little-endian and row-major. A copy. */
    byte[] littleEndianBytes() {
        return data.array().clone();
    }

    /** Equal when type, shape and every bit of the elements are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NumpyArray array && type == array.type && Arrays.equals(shape, array.shape)
                && Arrays.equals(data.array(), array.data.array());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data.array());
    }

    @Override
    public String toString() {
        return type.numpyName() + shapeText();
    }

    private int at(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("element " + index + " of " + size);
        }
        return index * type.bytes();
    }

    private static int sizeOf(int[] shape) {
        if (Arrays.stream(shape).anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException("negative length in " + Arrays.toString(shape));
        }
        // An empty array may have other axes of any length.
        return Arrays.stream(shape).anyMatch(length -> length == 0) ? 0
                : Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
