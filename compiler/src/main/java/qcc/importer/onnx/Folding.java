package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import qcc.tensor.Shape;

/**
 * Nodes that are computed when the model is compiled: constants, and the arithmetic on shapes that exporters write
 * around Reshape. All operands are known, except for Shape, which reads extents only.
 */
final class Folding {
    private static final Map<String, NodeImporter> BY_OPERATOR = Map.ofEntries(
            Map.entry("Cast", Folding::cast), Map.entry("Concat", Folding::concat),
            Map.entry("ConstantOfShape", Folding::constantOfShape), Map.entry("Gather", Folding::gather),
            Map.entry("Reshape", Folding::reshape), Map.entry("Flatten", Folding::flatten),
            Map.entry("Slice", Folding::slice), Map.entry("Squeeze", Folding::squeeze),
            Map.entry("Unsqueeze", Folding::unsqueeze), Map.entry("Transpose", Folding::transpose),
            Map.entry("Identity", scope -> scope.required(0)), Map.entry("Dropout", scope -> scope.required(0)),
            Map.entry("Add", scope -> arithmetic(scope, (a, b) -> a + b)),
            Map.entry("Sub", scope -> arithmetic(scope, (a, b) -> a - b)),
            Map.entry("Mul", scope -> arithmetic(scope, (a, b) -> a * b)),
            Map.entry("Div", scope -> arithmetic(scope, (a, b) -> a / b)),
            Map.entry("QuantizeLinear", Quantizing::quantizeConstant),
            Map.entry("DequantizeLinear", Quantizing::dequantizeConstant));

    private Folding() {
    }

    /** The function that computes an operator on constants, when there is one. */
    static Optional<NodeImporter> of(String operator) {
        return Optional.ofNullable(BY_OPERATOR.get(operator));
    }

    static Operand constant(Scope scope) {
        Attributes a = scope.attributes();
        if (a.has("value_float")) {
            return KnownTensor.of(List.of(), DataType.FLOAT, a.real("value_float", 0));
        }
        if (a.has("value_int")) {
            return KnownTensor.of(List.of(), DataType.INT64, a.integer("value_int", 0));
        }
        return a.tensor("value").or(() -> a.reals("value_floats"))
                .or(() -> a.integers("value_ints").map(KnownTensor::vector))
                .orElseThrow(() -> ImportException.unsupported("a constant of this kind",
                        "constants must be dense tensors, numbers or lists of numbers"));
    }

    static Operand shape(Scope scope) {
        List<Integer> dims = scope.required(0).dims();
        int rank = dims.size();
        int start = Slicing.bounded(scope.attributes().integer("start", 0), rank);
        int end = Slicing.bounded(scope.attributes().integer("end", rank), rank);
        return KnownTensor.vector(dims.subList(Math.min(start, end), end));
    }

    private static KnownTensor first(Scope scope) {
        return scope.requiredKnown(0);
    }

    private static Operand cast(Scope scope) {
        KnownTensor x = first(scope);
        DataType to = DataType.of(scope.attributes().integer("to", 0));
        return new KnownTensor(x.dims(), to, to.isReal() ? x.elements() : i -> (long) x.get(i), Optional.empty());
    }

    private static Operand constantOfShape(Scope scope) {
        List<Integer> dims = first(scope).ints();
        if (!dims.isEmpty() && !new Shape(dims).isReasonable()) {
            throw ImportException.invalid("a constant of the shape " + dims);
        }
        KnownTensor value = scope.attributes().tensor("value")
                .orElse(KnownTensor.of(List.of(1), DataType.FLOAT, 0));
        double element = value.scalar();
        return new KnownTensor(dims, value.type(), i -> element, Optional.empty());
    }

    private static Operand gather(Scope scope) {
        KnownTensor x = first(scope);
        KnownTensor indices = scope.requiredKnown(1);
        if (scope.axis(scope.attributes().integer("axis", 0), x.dims().size()) != 0) {
            throw ImportException.unsupported("Gather along an axis other than 0", "only shapes can be taken apart");
        }
        int count = x.dims().get(0);
        int inner = KnownTensor.sizeOf(x.dims().subList(1, x.dims().size()));
        List<Integer> dims = new ArrayList<>(indices.dims());
        dims.addAll(x.dims().subList(1, x.dims().size()));
        for (int index : indices.ints()) {
            scope.axis(index, count);
        }
        return new KnownTensor(dims, x.type(),
                i -> x.get(Math.floorMod((int) indices.get(i / inner), count) * inner + i % inner), Optional.empty());
    }

    private static Operand concat(Scope scope) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < scope.operandCount(); i++) {
            KnownTensor part = scope.requiredKnown(i);
            if (part.dims().size() != 1) {
                throw ImportException.unsupported("Concat of constants of the shape " + part.dims(),
                        "only vectors of constants can be joined");
            }
            for (int k = 0; k < part.size(); k++) {
                all.add(part.get(k));
            }
        }
        return KnownTensor.of(List.of(all.size()), first(scope).type(),
                all.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Operand reshape(Scope scope) {
        KnownTensor x = first(scope);
        List<Integer> shape = scope.integers("shape", 1)
                .orElseThrow(() -> ImportException.invalid("the new shape is missing"));
        return x.reshape(shape.isEmpty() && x.size() == 1 ? List.of()
                : Shapes.resolve(shape, x.dims(), scope.attributes().integer("allowzero", 0) != 0));
    }

    private static Operand flatten(Scope scope) {
        KnownTensor x = first(scope);
        int cut = Slicing.bounded(scope.attributes().integer("axis", 1), x.dims().size());
        return x.reshape(List.of(KnownTensor.sizeOf(x.dims().subList(0, cut)),
                KnownTensor.sizeOf(x.dims().subList(cut, x.dims().size()))));
    }

    private static Operand squeeze(Scope scope) {
        return first(scope).reshape(Shapes.squeeze(scope, first(scope).dims()));
    }

    private static Operand unsqueeze(Scope scope) {
        return first(scope).reshape(Shapes.unsqueeze(scope, first(scope).dims()));
    }

    /** Bounds are attributes before version 10, inputs since. Only vectors are cut. */
    private static Operand slice(Scope scope) {
        KnownTensor x = first(scope);
        if (x.dims().size() != 1) {
            throw ImportException.unsupported("Slice of a constant of the shape " + x.dims(),
                    "only vectors of constants can be cut");
        }
        int size = x.size();
        int start = Slicing.bounded(one(scope, "starts", 1), size);
        int end = Slicing.bounded(one(scope, "ends", 2), size);
        int step = scope.known(4).map(steps -> (int) steps.scalar()).orElse(1);
        if (step != 1) {
            throw ImportException.unsupported("Slice of a constant with the step " + step, "use the step 1");
        }
        int count = Math.max(0, end - start);
        return new KnownTensor(List.of(count), x.type(), i -> x.get(i + start), Optional.empty());
    }

    private static int one(Scope scope, String attribute, int input) {
        List<Integer> values = scope.integers(attribute, input).orElse(List.of());
        if (values.size() != 1) {
            throw ImportException.invalid(attribute + " " + values + " for one axis");
        }
        return values.get(0);
    }

    /** Keeps what is known of quantised weights. */
    private static Operand transpose(Scope scope) {
        KnownTensor x = first(scope);
        if (x.dims().size() != 2) {
            throw ImportException.unsupported("Transpose of a constant of the shape " + x.dims(),
                    "only constant matrices can be transposed");
        }
        List<Integer> permutation = scope.attributes().integers("perm", List.of(1, 0));
        Movement.requirePermutation(permutation, 2);
        return permutation.equals(List.of(0, 1)) ? x : transposed(x);
    }

    private static KnownTensor transposed(KnownTensor x) {
        int rows = x.dims().get(0);
        int columns = x.dims().get(1);
        return new KnownTensor(List.of(columns, rows), x.type(), i -> x.get(i % rows * columns + i / rows),
                x.origin().map(o -> new KnownTensor.Origin(transposed(o.integers()), o.scales(), 1 - o.axis())));
    }

    /** One of the operands may be a single number. */
    private static Operand arithmetic(Scope scope, DoubleBinaryOperator function) {
        KnownTensor a = first(scope);
        KnownTensor b = scope.requiredKnown(1);
        if (a.size() != b.size() && a.size() != 1 && b.size() != 1) {
            throw ImportException.unsupported("arithmetic on constants of the shapes " + a.dims() + ", " + b.dims(),
                    "only equal shapes and single numbers are supported");
        }
        boolean real = a.type().isReal();
        KnownTensor larger = b.size() > a.size() || b.size() == a.size() && b.dims().size() > a.dims().size() ? b : a;
        return new KnownTensor(larger.dims(), a.type(), i -> {
            double value = function.applyAsDouble(a.get(a.size() == 1 ? 0 : i), b.get(b.size() == 1 ? 0 : i));
            return real ? value : (long) value;
        }, Optional.empty());
    }
}
