package qcc.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The extents of a tensor, outermost first. There is no batch dimension; images are [height, width, channels].
 *
 * @param dims extents, each at least 1
 */
public record Shape(List<Integer> dims) {
    /** Larger tensors are refused: no microcontroller holds 64 Mi elements, and sizes stay far inside an int. */
    public static final long MAX_SIZE = 1L << 26;

    public Shape {
        dims = List.copyOf(dims);
    }

    public static Shape of(int... dims) {
        List<Integer> list = new ArrayList<>();
        for (int dim : dims) {
            list.add(dim);
        }
        return new Shape(list);
    }

    public int rank() {
        return dims.size();
    }

    public int dim(int index) {
        return dims.get(index);
    }

    public int last() {
        return dims.get(dims.size() - 1);
    }

    /** The number of elements; only meaningful when {@link #isReasonable()}. */
    public int size() {
        return Math.toIntExact(longSize());
    }

    /** False for shapes that are empty, have an extent below 1, or exceed {@link #MAX_SIZE}. */
    public boolean isReasonable() {
        return !dims.isEmpty() && dims.stream().allMatch(d -> d >= 1) && longSize() <= MAX_SIZE;
    }

    /** The same shape with another last extent. */
    public Shape withLast(int extent) {
        List<Integer> changed = new ArrayList<>(dims);
        changed.set(dims.size() - 1, extent);
        return new Shape(changed);
    }

    private long longSize() {
        long size = 1;
        for (int dim : dims) {
            size = Math.min(size * Math.max(dim, 0), Long.MAX_VALUE >>> 32);
        }
        return size;
    }

    @Override
    public String toString() {
        return dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
