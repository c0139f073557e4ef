package qcc.tensor;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** A tensor of integers, row-major. Activations hold int8 or int16 values, biases int32; the holder knows which. */
public final class IntTensor {
    private final Shape shape;
    private final int[] data;

    public IntTensor(Shape shape, int[] data) {
        if (shape.size() != data.length) {
            throw new IllegalArgumentException(data.length + " values for shape " + shape);
        }
        this.shape = shape;
        this.data = data;
    }

    public static IntTensor zeros(Shape shape) {
        return new IntTensor(shape, new int[shape.size()]);
    }

    /** A tensor of rank 1. */
    public static IntTensor vector(int... values) {
        return new IntTensor(Shape.of(values.length), values.clone());
    }

    public Shape shape() {
        return shape;
    }

    public int size() {
        return data.length;
    }

    public int get(int index) {
        return data[index];
    }

    public void set(int index, int value) {
        data[index] = value;
    }

    /** The elements at the given indices, as a tensor of rank 1. */
    public IntTensor select(int[] indices) {
        return new IntTensor(Shape.of(indices.length), Arrays.stream(indices).map(index -> data[index]).toArray());
    }

    /** The results of a function of each element, in the same shape. */
    public IntTensor map(IntUnaryOperator function) {
        return new IntTensor(shape, Arrays.stream(data).map(function).toArray());
    }

    /** The same elements under another shape of the same size; the storage is shared. */
    public IntTensor reshape(Shape other) {
        return new IntTensor(other, data);
    }

    /**
     * The elements in two's complement, little-endian.
     *
     * @param width bytes of an element, 1 or 2; all values must fit
     */
    public byte[] toBytes(int width) {
        byte[] bytes = new byte[data.length * width];
        for (int i = 0; i < bytes.length; i++) {
            int value = data[i / width];
            if (value != (width == 1 ? (byte) value : (short) value)) {
                throw new ArithmeticException("value " + value + " at element " + i / width + " is no int"
                        + 8 * width);
            }
            bytes[i] = (byte) (value >> 8 * (i % width));
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntTensor that && shape.equals(that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "int" + shape;
    }
}
