package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import qcc.ops.Add;
import qcc.ops.Mul;
import qcc.ops.NoAttributes;
import qcc.ops.Operator;
import qcc.ops.Sub;

/** Add, Sub, Mul and Div: of two activations, or of one and a constant, with broadcasting. */
enum Binary {
    ADD(new Add()) {
        @Override
        Activation withConstant(Scope scope, Activation x, IntToDoubleFunction c, boolean first) {
            return Elementwise.affine(scope, x, i -> 1, c);
        }
    },
    SUB(new Sub()) {
        @Override
        Activation withConstant(Scope scope, Activation x, IntToDoubleFunction c, boolean first) {
            return first ? Elementwise.affine(scope, x, i -> -1, c)
                    : Elementwise.affine(scope, x, i -> 1, i -> -c.applyAsDouble(i));
        }
    },
    MUL(new Mul()) {
        @Override
        Activation withConstant(Scope scope, Activation x, IntToDoubleFunction c, boolean first) {
            return Elementwise.affine(scope, x, c, i -> 0);
        }
    },
    DIV(null) {
        @Override
        Activation withConstant(Scope scope, Activation x, IntToDoubleFunction c, boolean first) {
            if (first) {
                throw ImportException.unsupported("a division by an activation", "multiply by a computed inverse");
            }
            return Elementwise.affine(scope, x, i -> 1 / c.applyAsDouble(i), i -> 0);
        }
    };

    private final Operator<NoAttributes> operator;

    Binary(Operator<NoAttributes> operator) {
        this.operator = operator;
    }

    /** @param first whether the constant is the first operand */
    abstract Activation withConstant(Scope scope, Activation x, IntToDoubleFunction constant, boolean first);

    Operand run(Scope scope) {
        if (scope.required(0) instanceof KnownTensor c && isAffine(scope.required(1), c)) {
            return constant(scope, scope.real(1), c, true);
        }
        if (scope.required(1) instanceof KnownTensor c && isAffine(scope.required(0), c)) {
            return constant(scope, scope.real(0), c, false);
        }
        if (operator == null) {
            throw ImportException.unsupported("a division by anything but a number, or one for each channel",
                    "multiply by the inverse");
        }
        Activation a = operand(scope, 0);
        Activation b = operand(scope, 1);
        if (a.size() >= b.size()) {
            return two(scope, a, b);
        }
        Activation y = two(scope, b, a);
        return this == SUB ? Elementwise.affine(scope, y, i -> -1, i -> 0) : y;
    }

    /** A constant is stored as the other operand is, and written out along axes along which it is repeated. */
    private static Activation operand(Scope scope, int index) {
        if (!(scope.required(index) instanceof KnownTensor tensor)) {
            return scope.real(index);
        }
        Activation other = scope.real(1 - index);
        int rank = Math.max(other.dims().size(), tensor.dims().size());
        Activation like = other.reshape(padded(other.dims(), rank));
        KnownTensor constant = tensor.reshape(padded(tensor.dims(), rank));
        boolean fits = Activation.axes(rank).stream().allMatch(axis -> constant.dims().get(axis) == 1
                || constant.dims().get(axis).equals(like.dims().get(axis)));
        return scope.constant(fits ? constant.repeated(like.dims()) : constant, like.isReshaped() ? Activation.axes(rank) : complete(like.order(), rank));
    }

    /** The second operand may be repeated along axes; they become the outer ones. */
    private Activation two(Scope scope, Activation first, Activation second) {
        int rank = Math.max(first.dims().size(), second.dims().size());
        Activation a = first.reshape(padded(first.dims(), rank));
        Activation b = second.reshape(padded(second.dims(), rank));
        if (a.dims().equals(b.dims()) && a.base().equals(b.base()) && a.order().equals(b.order())) {
            return a.withSource(scope.add(operator, a.source(), scope.reshaped(b.source(), a.source().shape())));
        }
        List<Integer> repeated = new ArrayList<>();
        List<Integer> common = new ArrayList<>();
        for (int axis : a.isReshaped() ? Activation.axes(rank) : complete(a.order(), rank)) {
            int extent = b.dims().get(axis);
            if (extent != 1 && extent != a.dims().get(axis)) {
                throw ImportException.unsupported("shapes " + first.dims() + " and " + second.dims()
                        + " are both repeated", "one operand must have the shape of the result");
            }
            (extent < a.dims().get(axis) ? repeated : common).add(axis);
        }
        List<Integer> small = Activation.moving(a.dims(), common);
        List<Integer> axes = new ArrayList<>(repeated);
        axes.addAll(small);
        Source y = scope.add(operator, scope.stored(a, axes), scope.stored(b, small));
        return Activation.of(y, a.dims(), axes, false);
    }

    /** An order with the axes of extent 1, which it leaves out, added in front. */
    private static List<Integer> complete(List<Integer> order, int rank) {
        List<Integer> all = new ArrayList<>(Activation.axes(rank));
        all.removeAll(order);
        all.addAll(order);
        return all;
    }

    private static List<Integer> padded(List<Integer> dims, int rank) {
        List<Integer> all = new ArrayList<>(dims);
        while (all.size() < rank) {
            all.add(0, 1);
        }
        return all;
    }

    /**
     * True for a number, and for one real number for each index along one axis, unless the model has quantised them:
     * then they are integers with a scale of their own.
     */
    private static boolean isAffine(Operand other, KnownTensor constant) {
        int rank = Math.max(other.dims().size(), constant.dims().size());
        List<Integer> extents = padded(constant.dims(), rank);
        List<Integer> varying = Activation.moving(extents, Activation.axes(rank));
        return varying.isEmpty() || varying.size() == 1 && constant.origin().isEmpty()
                && extents.get(varying.get(0)).equals(padded(other.dims(), rank).get(varying.get(0)));
    }

    /** A constant number, or one for each index along one axis, which is stored last. */
    private Operand constant(Scope scope, Activation activation, KnownTensor constant, boolean first) {
        int rank = Math.max(activation.dims().size(), constant.dims().size());
        Activation x = activation.reshape(padded(activation.dims(), rank));
        Optional<Integer> axis = Activation.moving(padded(constant.dims(), rank), Activation.axes(rank)).stream()
                .findFirst();
        if (axis.isEmpty()) {
            return withConstant(scope, x, i -> constant.get(0), first);
        }
        List<Integer> order = new ArrayList<>(x.isReshaped() ? Activation.axes(rank) : x.order());
        order.remove(axis.get());
        order.add(axis.get());
        List<Integer> axes = Activation.moving(x.dims(), order);
        Activation stored = Activation.of(scope.stored(x, axes), x.dims(), axes, false);
        return withConstant(scope, stored, constant.elements(), first);
    }
}
