package qcc.tensor;

import java.util.Arrays;

/** A tensor of integers, row-major. Activations hold int8 values, biases int32; the holder knows which. */
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

    /** The same elements under another shape of the same size; the storage is shared. */
    public IntTensor reshape(Shape other) {
        return new IntTensor(other, data);
    }

    /** The elements as bytes; values must be in -128..127. */
    public byte[] toBytes() {
        byte[] bytes = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            if (data[i] != (byte) data[i]) {
                throw new ArithmeticException("value " + data[i] + " at element " + i + " is no int8");
            }
            bytes[i] = (byte) data[i];
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
