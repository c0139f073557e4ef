package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import qcc.ops.Concat;
import qcc.ops.Pad;
import qcc.ops.Softmax;
import qcc.ops.attributes.Padding;
import qcc.tensor.Shape;

/** Operators that only move values, and Softmax, which needs its axis in the last place. */
final class Movement {

    /** The mode of Pad that writes one value everywhere. */
    private static final String WITH_A_VALUE = "constant";

    private Movement() {
    }

    static Operand transpose(Scope scope) {
        Activation x = scope.activation(0);
        int rank = x.dims().size();
        List<Integer> reversed = new ArrayList<>(Activation.axes(rank));
        Collections.reverse(reversed);
        List<Integer> permutation = scope.attributes().integers("perm", reversed);
        requirePermutation(permutation, rank);
        if (x.isReshaped()) {
            x = Activation.plain(scope.plain(x), x.dims(), x.integers());
        }
        return x.transpose(permutation);
    }

    static void requirePermutation(List<Integer> permutation, int rank) {
        if (permutation.size() != rank || !permutation.stream().sorted().toList().equals(Activation.axes(rank))) {
            throw ImportException.invalid("perm " + permutation + " is no permutation of " + rank + " axes");
        }
    }

    static Operand reshape(Scope scope) {
        Activation x = scope.activation(0);
        List<Integer> shape = scope.integers("shape", 1)
                .orElseThrow(() -> ImportException.invalid("the new shape is missing"));
        return x.reshape(Shapes.resolve(shape, x.dims(), scope.attributes().integer("allowzero", 0) != 0));
    }

    static Operand flatten(Scope scope) {
        Activation x = scope.activation(0);
        int rank = x.dims().size();
        int axis = scope.attributes().integer("axis", 1);
        int cut = axis == rank ? rank : scope.axis(axis, Math.max(rank, 1));
        return x.reshape(List.of(KnownTensor.sizeOf(x.dims().subList(0, cut)),
                KnownTensor.sizeOf(x.dims().subList(cut, rank))));
    }

    static Operand squeeze(Scope scope) {
        Activation x = scope.activation(0);
        return x.reshape(Shapes.squeeze(scope, x.dims()));
    }

    static Operand unsqueeze(Scope scope) {
        Activation x = scope.activation(0);
        return x.reshape(Shapes.unsqueeze(scope, x.dims()));
    }

    /** Joins along an axis in the order of the first operand. */
    static Operand concat(Scope scope) {
        scope.required(0);
        List<Activation> parts = new ArrayList<>();
        for (int i = 0; i < scope.operandCount(); i++) {
            parts.add(scope.activation(i));
        }
        Activation first = parts.get(0);
        int rank = first.dims().size();
        int axis = scope.axis(scope.attributes().integer("axis", 1), rank);
        List<Integer> dims = new ArrayList<>(first.dims());
        dims.set(axis, 0);
        for (Activation part : parts) {
            List<Integer> others = new ArrayList<>(part.dims());
            if (others.size() != rank) {
                throw ImportException.invalid("shapes " + first.dims() + " and " + part.dims() + " cannot be joined");
            }
            int extent = others.set(axis, dims.get(axis));
            if (!others.equals(dims)) {
                throw ImportException.invalid("shapes " + first.dims() + " and " + part.dims() + " cannot be joined");
            }
            dims.set(axis, dims.get(axis) + extent);
        }
        if (parts.size() == 1) {
            return first;
        }
        List<Integer> axes = axesWith(first, parts, axis);
        Source[] sources = parts.stream().map(part -> scope.stored(part, axes)).toArray(Source[]::new);
        Source y = scope.add(new Concat(), new Concat.Attributes(axes.indexOf(axis)), sources);
        return Activation.of(y, dims, axes, first.integers());
    }

    /** The order of the operand that has the most axes, the joined one included. */
    private static List<Integer> axesWith(Activation first, List<Activation> parts, int axis) {
        int rank = first.dims().size();
        List<Integer> order = parts.stream().filter(part -> !part.isReshaped()).map(Activation::order)
                .filter(o -> o.size() == Activation.moving(first.dims(), Activation.axes(rank)).size()).findFirst()
                .orElse(Activation.axes(rank));
        List<Integer> axes = new ArrayList<>(Activation.moving(first.dims(), order));
        if (!axes.contains(axis)) {
            axes.add(rank == Images.RANK && axis == 1 ? axes.size() : 0, axis);
        }
        return axes;
    }

    /** Before version 13 the axis splits the tensor into a matrix, whose rows are normalised. */
    static Operand softmax(Scope scope) {
        Activation x = scope.real(0);
        int rank = x.dims().size();
        boolean matrix = scope.version() < 13;
        int axis = scope.axis(scope.attributes().integer("axis", matrix ? 1 : -1), rank);
        if (matrix) {
            int length = KnownTensor.sizeOf(x.dims().subList(axis, rank));
            Shape rows = x.size() == length ? Shape.of(length) : Shape.of(x.size() / length, length);
            return Activation.plain(scope.add(new Softmax(), scope.reshaped(scope.plain(x), rows)), x.dims(), false);
        }
        List<Integer> axes = new ArrayList<>(x.isReshaped() ? Activation.axes(rank) : x.order());
        axes.remove(Integer.valueOf(axis));
        axes = new ArrayList<>(Activation.moving(x.dims(), axes));
        axes.add(axis);
        return Activation.of(scope.add(new Softmax(), scope.stored(x, axes)), x.dims(), axes, false);
    }

    /** Pads and the value are attributes before version 11, inputs since. */
    static Operand pad(Scope scope) {
        Activation x = scope.activation(0);
        String mode = scope.attributes().text("mode", WITH_A_VALUE);
        if (!mode.equals(WITH_A_VALUE)) {
            throw ImportException.unsupported("padding with mode = " + mode, "use mode = constant with the value 0");
        }
        int rank = x.dims().size();
        List<Integer> pads = spread(scope, scope.integers("pads", 1)
                .orElseThrow(() -> ImportException.invalid("the number of elements to pad is missing")), rank);
        if (pads.stream().allMatch(pad -> pad == 0)) {
            return x;
        }
        requireZero(scope, x);
        Images.require(x);
        if (pads.get(0) + pads.get(1) + pads.get(4) + pads.get(5) != 0
                || pads.stream().anyMatch(pad -> pad < 0 || pad > Windows.MAX_EXTENT)) {
            throw ImportException.unsupported("pads " + pads, "only the height and the width can be padded, by 0 to "
                    + Windows.MAX_EXTENT);
        }
        Source y = scope.add(new Pad(), new Pad.Attributes(new Padding.Explicit(pads.get(2), pads.get(6), pads.get(3),
                pads.get(7))), Images.stored(scope, x));
        return Images.of(y, x.integers());
    }

    /** Pads for all axes: those that are given may be for some axes only, since version 18. */
    private static List<Integer> spread(Scope scope, List<Integer> pads, int rank) {
        Optional<List<Integer>> axes = scope.known(3).map(KnownTensor::ints);
        List<Integer> given = axes.map(list -> list.stream().map(a -> scope.axis(a, rank)).toList())
                .orElse(Activation.axes(rank));
        if (pads.size() != 2 * given.size()) {
            throw ImportException.invalid("pads " + pads + " for " + given.size() + " axes");
        }
        List<Integer> all = new ArrayList<>(Collections.nCopies(2 * rank, 0));
        for (int i = 0; i < given.size(); i++) {
            all.set(given.get(i), pads.get(i));
            all.set(given.get(i) + rank, pads.get(i + given.size()));
        }
        return all;
    }

    /** What is padded with must be 0; for integers, that is their zero point. */
    private static void requireZero(Scope scope, Activation x) {
        KnownTensor none = KnownTensor.of(List.of(), DataType.FLOAT, scope.attributes().real("value", 0));
        KnownTensor given = scope.known(2).filter(tensor -> tensor.size() > 0).orElse(none);
        double zero = x.integers() ? scope.quantization(x.source()).zeroPoint() + given.type().int8Offset() : 0;
        if (given.scalar() != zero) {
            throw ImportException.unsupported("padding with the value " + given.scalar(), "pad with zeros");
        }
    }
}
