package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arithmetic of extents. */
final class Shapes {
    private static final int MAX_RANK = 8;

    private Shapes() {
    }

    /** The extents that a Reshape asks for: -1 is computed, 0 is copied from the input unless it is allowed. */
    static List<Integer> resolve(List<Integer> wanted, List<Integer> dims, boolean allowZero) {
        List<Integer> shape = new ArrayList<>();
        long known = 1;
        for (int i = 0; i < wanted.size(); i++) {
            int extent = wanted.get(i) == 0 && !allowZero && i < dims.size() ? dims.get(i) : wanted.get(i);
            known = Math.min(known * (extent == -1 ? 1 : extent), 1L << 40);
            shape.add(extent);
        }
        int size = KnownTensor.sizeOf(dims);
        int open = shape.indexOf(-1);
        if (open >= 0 && known > 0 && size % known == 0) {
            shape.set(open, (int) (size / known));
            known = size;
        }
        if (known != size || shape.stream().anyMatch(extent -> extent < 1) || shape.size() > MAX_RANK) {
            throw ImportException.unsupported("a tensor of the shape " + dims + " cannot become " + wanted,
                    "export with a fixed batch size of 1: the new shape must not fix another batch size");
        }
        return shape;
    }

    static List<Integer> squeeze(Scope scope, List<Integer> dims) {
        Optional<List<Integer>> given = scope.integers("axes", 1);
        List<Integer> axes = given.map(list -> list.stream().map(a -> scope.axis(a, dims.size())).toList())
                .orElseGet(() -> Activation.axes(dims.size()).stream().filter(a -> dims.get(a) == 1).toList());
        List<Integer> result = new ArrayList<>();
        for (int axis = 0; axis < dims.size(); axis++) {
            if (!axes.contains(axis)) {
                result.add(dims.get(axis));
            } else if (dims.get(axis) != 1) {
                throw ImportException.invalid("axis " + axis + " of the shape " + dims + " cannot be squeezed");
            }
        }
        return result;
    }

    static List<Integer> unsqueeze(Scope scope, List<Integer> dims) {
        List<Integer> given = scope.integers("axes", 1).orElseThrow(() -> ImportException.invalid("axes are missing"));
        int rank = dims.size() + given.size();
        if (rank > MAX_RANK) {
            throw ImportException.unsupported("a tensor of rank " + rank,
                    "at most " + MAX_RANK + " axes are supported");
        }
        List<Integer> axes = given.stream().map(axis -> scope.axis(axis, rank)).toList();
        if (axes.stream().distinct().count() != axes.size()) {
            throw ImportException.invalid("axes " + axes + " name an axis twice");
        }
        List<Integer> result = new ArrayList<>(dims);
        axes.stream().sorted().forEach(axis -> result.add(axis, 1));
        return result;
    }
}
