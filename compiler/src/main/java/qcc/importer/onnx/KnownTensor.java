package qcc.importer.onnx;

import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import qcc.ir.Quantization;
import qcc.ir.Scale;

/**
 * A tensor whose elements are known when the model is compiled.
 *
 * @param dims     extents; none for a scalar
 * @param type     element type
 * @param elements the elements in row-major order; integers up to 2^53 are exact
 * @param origin   where the tensor comes from, when it is the real meaning of integers
 */
record KnownTensor(List<Integer> dims, DataType type, IntToDoubleFunction elements, Optional<Origin> origin)
        implements Operand {

    /**
     * The integers behind a real-valued tensor.
     *
     * @param integers the elements with their zero points subtracted, of the tensor's extents
     * @param scales   one for the whole tensor, or one for each index along the axis
     * @param axis     of the scales
     */
    record Origin(KnownTensor integers, List<Scale> scales, int axis) {
    }

    KnownTensor {
        dims = List.copyOf(dims);
    }

    static KnownTensor of(List<Integer> dims, DataType type, double... values) {
        if (values.length != sizeOf(dims)) {
            throw ImportException.invalid(values.length + " elements for the shape " + dims);
        }
        return new KnownTensor(dims, type, i -> values[i], Optional.empty());
    }

    /** A vector of INT64, the type of shapes. */
    static KnownTensor vector(List<Integer> values) {
        return of(List.of(values.size()), DataType.INT64, values.stream().mapToDouble(v -> v).toArray());
    }

    static int sizeOf(List<Integer> dims) {
        return dims.stream().reduce(1, Math::multiplyExact);
    }

    int size() {
        return sizeOf(dims);
    }

    double get(int index) {
        return elements.applyAsDouble(index);
    }

    /**
     * How int8 express all elements exactly: nothing for what was not quantised with a single scale.
     */
    Optional<Quantization> meaning() {
        if (origin.isEmpty() || origin.get().scales().size() != 1) {
            return Optional.empty();
        }
        KnownTensor integers = origin.get().integers();
        double least = IntStream.range(0, size()).mapToDouble(integers::get).min().orElse(0);
        double most = IntStream.range(0, size()).mapToDouble(integers::get).max().orElse(0);
        double zero = least < Quantization.MIN ? Quantization.MIN - least : Math.min(0, Quantization.MAX - most);
        return Math.abs(zero) <= Quantization.MAX && most + zero <= Quantization.MAX
                ? Optional.of(new Quantization(origin.get().scales().get(0), (int) zero)) : Optional.empty();
    }

    /** The elements as integers; what does not fit is saturated, as the ends of slices need it. */
    List<Integer> ints() {
        return IntStream.range(0, size()).mapToObj(i -> (int) get(i)).toList();
    }

    /** The only element. */
    double scalar() {
        if (size() != 1) {
            throw ImportException.invalid("a tensor of the shape " + dims + " stands where a number is needed");
        }
        return get(0);
    }

    /** Written out as a tensor of the extents {@code all}, along the axes along which it has a single index. */
    KnownTensor repeated(List<Integer> all) {
        IntUnaryOperator from = element -> {
            int index = 0;
            int step = 1;
            for (int axis = dims.size() - 1; axis >= 0; axis--) {
                index += dims.get(axis) == 1 ? 0 : element % all.get(axis) * step;
                step *= dims.get(axis);
                element /= all.get(axis);
            }
            return index;
        };
        return new KnownTensor(all, type, i -> elements.applyAsDouble(from.applyAsInt(i)), origin.map(o ->
                new Origin(o.integers().repeated(all), o.scales(), o.axis())));
    }

    /** The same elements under another shape; several scales lose their axis. */
    KnownTensor reshape(List<Integer> others) {
        return new KnownTensor(others, type, elements, origin.filter(o -> o.scales().size() == 1)
                .map(o -> new Origin(o.integers().reshape(others), o.scales(), 0)));
    }
}
