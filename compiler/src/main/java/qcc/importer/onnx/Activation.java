package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A tensor that the network computes, and how it is stored.
 *
 * <p>The elements stand in memory along the axes {@code order} of a tensor with the extents {@code base}; what ONNX
 * sees is the reshape of that tensor to {@code dims}. Transposes and reshapes thus cost nothing until an operator
 * needs another order. Axes of extent 1 have no influence on memory and are left out of {@code order}.
 *
 * @param source  of the elements
 * @param dims    extents as ONNX sees them, the batch axis included
 * @param base    extents of the tensor that is stored
 * @param order   axes of {@code base} with more than one index, in the order of storage
 * @param integers true when ONNX sees the integers of a quantised tensor, false when it sees real numbers
 */
record Activation(Source source, List<Integer> dims, List<Integer> base, List<Integer> order, boolean integers)
        implements Operand {

    Activation {
        dims = List.copyOf(dims);
        base = List.copyOf(base);
        order = List.copyOf(order);
    }

    /**
     * @param axes of {@code dims} in the order of storage; those of extent 1 may be missing
     */
    static Activation of(Source source, List<Integer> dims, List<Integer> axes, boolean integers) {
        return new Activation(source, dims, dims, moving(dims, axes), integers);
    }

    /** A tensor stored in row-major order. */
    static Activation plain(Source source, List<Integer> dims, boolean integers) {
        return of(source, dims, axes(dims.size()), integers);
    }

    /** The axes 0, 1, ... */
    static List<Integer> axes(int rank) {
        List<Integer> axes = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            axes.add(i);
        }
        return axes;
    }

    /** Those of {@code axes} along which there is more than one index. */
    static List<Integer> moving(List<Integer> dims, List<Integer> axes) {
        return axes.stream().filter(axis -> dims.get(axis) > 1).toList();
    }

    static List<Integer> extents(List<Integer> dims, List<Integer> axes) {
        return axes.stream().map(dims::get).toList();
    }

    Activation withSource(Source other) {
        return new Activation(other, dims, base, order, integers);
    }

    Activation asIntegers(boolean value) {
        return new Activation(source, dims, base, order, value);
    }

    boolean isReshaped() {
        return !dims.equals(base);
    }

    int size() {
        return KnownTensor.sizeOf(dims);
    }

    /** The same elements in row-major order under other extents. */
    Activation reshape(List<Integer> others) {
        List<Integer> from = moving(base, axes(base.size()));
        List<Integer> to = moving(others, axes(others.size()));
        if (!extents(base, from).equals(extents(others, to))) {
            return new Activation(source, others, base, order, integers);
        }
        return new Activation(source, others, others, order.stream().map(axis -> to.get(from.indexOf(axis))).toList(),
                integers);
    }

    /** The transposed tensor; must not be reshaped. */
    Activation transpose(List<Integer> permutation) {
        List<Integer> transposed = extents(dims, permutation);
        return new Activation(source, transposed, transposed, order.stream().map(permutation::indexOf).toList(),
                integers);
    }

    /** For each element in the order of storage: its index in the row-major order that ONNX sees. */
    IntUnaryOperator rowMajorIndices() {
        int[] steps = new int[base.size()];
        int step = 1;
        for (int axis = base.size() - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= base.get(axis);
        }
        int[] indices = new int[step];
        for (int i = 0; i < indices.length; i++) {
            int rest = i;
            int index = 0;
            for (int k = order.size() - 1; k >= 0; k--) {
                int axis = order.get(k);
                index += rest % base.get(axis) * steps[axis];
                rest /= base.get(axis);
            }
            indices[i] = index;
        }
        return i -> indices[i];
    }
}
