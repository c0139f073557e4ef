package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import qcc.ops.Slice;
import qcc.tensor.Shape;

/** Slice and Split: parts of a tensor, in the order in which it is stored. */
final class Slicing {

    private Slicing() {
    }

    /** Bounds are attributes before version 10, inputs since. */
    static Operand slice(Scope scope) {
        Activation x = scope.activation(0);
        int rank = x.dims().size();
        List<Integer> starts = required(scope, "starts", 1);
        List<Integer> ends = required(scope, "ends", 2);
        List<Integer> axes = scope.integers("axes", 3).orElse(Activation.axes(starts.size()));
        List<Integer> steps = scope.known(4).map(KnownTensor::ints).orElse(Collections.nCopies(starts.size(), 1));
        if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size()) {
            throw ImportException.invalid("starts, ends, axes and steps differ in length");
        }
        Part part = Part.whole(x.dims());
        for (int i = 0; i < starts.size(); i++) {
            int axis = scope.axis(axes.get(i), rank);
            part.cut(axis, bounded(starts.get(i), x.dims().get(axis)), bounded(ends.get(i), x.dims().get(axis)),
                    steps.get(i));
        }
        return part.of(scope, x);
    }

    private static List<Integer> required(Scope scope, String name, int input) {
        return scope.integers(name, input).orElseThrow(() -> ImportException.invalid(name + " is missing"));
    }

    /** A position that may count from the end, within 0 .. size. */
    static int bounded(int position, int size) {
        return Math.max(0, Math.min(size, position < 0 ? position + size : position));
    }

    /** Sizes are an attribute before version 13, an input since; without them, all parts are equal. */
    static Operand split(Scope scope) {
        Activation x = scope.activation(0);
        int axis = scope.axis(scope.attributes().integer("axis", 0), x.dims().size());
        int extent = x.dims().get(axis);
        int count = scope.node().outputs().size();
        List<Integer> sizes = scope.integers("split", 1)
                .orElseGet(() -> Collections.nCopies(count, (extent + count - 1) / count));
        if (sizes.size() != count) {
            throw ImportException.invalid(sizes.size() + " sizes for " + count + " parts");
        }
        int from = 0;
        List<Operand> parts = new ArrayList<>();
        for (int size : sizes) {
            Part part = Part.whole(x.dims());
            int to = Math.min(extent, Math.addExact(from, size));
            part.cut(axis, from, to, 1);
            parts.add(part.of(scope, x));
            from = to;
        }
        for (int i = 1; i < count; i++) {
            scope.define(i, parts.get(i));
        }
        return parts.get(0);
    }

    /** Bounds and steps for all axes. */
    private record Part(List<Integer> begin, List<Integer> end, List<Integer> step) {

        static Part whole(List<Integer> dims) {
            return new Part(new ArrayList<>(Collections.nCopies(dims.size(), 0)), new ArrayList<>(dims),
                    new ArrayList<>(Collections.nCopies(dims.size(), 1)));
        }

        void cut(int axis, int from, int to, int by) {
            if (by < 1) {
                throw ImportException.unsupported("a slice with the step " + by, "use positive steps");
            }
            if (from >= to) {
                throw ImportException.unsupported("a slice that selects nothing of axis " + axis,
                        "every part must hold at least one index");
            }
            begin.set(axis, from);
            end.set(axis, to);
            step.set(axis, by);
        }

        Activation of(Scope scope, Activation x) {
            if (end.equals(x.dims()) && begin.stream().allMatch(i -> i == 0) && step.stream().allMatch(i -> i == 1)) {
                return x;
            }
            List<Integer> axes = x.isReshaped() ? Activation.moving(x.dims(), Activation.axes(x.dims().size()))
                    : x.order();
            List<Integer> dims = new ArrayList<>();
            for (int axis = 0; axis < x.dims().size(); axis++) {
                dims.add((end.get(axis) - begin.get(axis) - 1) / step.get(axis) + 1);
            }
            Slice.Attributes attributes = new Slice.Attributes(at(begin, axes), at(end, axes),
                    Optional.of(at(step, axes)).filter(shape -> shape.dims().stream().anyMatch(i -> i > 1)));
            return Activation.of(scope.add(new Slice(), attributes, scope.stored(x, axes)), dims, axes, x.integers());
        }

        private static Shape at(List<Integer> values, List<Integer> axes) {
            return new Shape(Activation.extents(values, axes));
        }
    }
}
