package qcc.tensor;

import java.util.Arrays;

/** A tensor of real numbers in single precision, row-major (the last index runs fastest). */
public final class FloatTensor {
    private final Shape shape;
    private final float[] data;

    public FloatTensor(Shape shape, float[] data) {
        if (shape.size() != data.length) {
            throw new IllegalArgumentException(data.length + " values for shape " + shape);
        }
        this.shape = shape;
        this.data = data;
    }

    public static FloatTensor zeros(Shape shape) {
        return new FloatTensor(shape, new float[shape.size()]);
    }

    public Shape shape() {
        return shape;
    }

    public int size() {
        return data.length;
    }

    public float get(int index) {
        return data[index];
    }

    public void set(int index, double value) {
        data[index] = (float) value;
    }

    /** The same elements under another shape of the same size; the storage is shared. */
    public FloatTensor reshape(Shape other) {
        return new FloatTensor(other, data);
    }

    public FloatTensor copy() {
        return new FloatTensor(shape, data.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that && shape.equals(that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "float" + shape;
    }
}
