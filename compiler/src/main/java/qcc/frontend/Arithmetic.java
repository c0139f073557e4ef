package qcc.frontend;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.ops.attributes.Literal;

/** The meaning of {@code + - * /}: on numbers at compile time, on tensors as operators. */
final class Arithmetic {
    private static final Map<Ast.Operator, String> TENSOR_OPERATORS = new EnumMap<>(Map.of(
            Ast.Operator.ADD, "add", Ast.Operator.SUBTRACT, "sub", Ast.Operator.MULTIPLY, "mul"));

    private Arithmetic() {
    }

    /** The operator that combines two tensors, if there is one. */
    static Optional<Operator<?>> operator(Ast.Operator symbol) {
        return Optional.ofNullable(TENSOR_OPERATORS.get(symbol)).flatMap(Operators::find);
    }

    /** The result for two numbers; whole numbers give a whole result, or nothing when a division leaves a rest. */
    static Optional<Literal> apply(Ast.Operator symbol, Denotation left, Denotation right) {
        Literal.Number a = (Literal.Number) ((Denotation.Constant) left).literal();
        Literal.Number b = (Literal.Number) ((Denotation.Constant) right).literal();
        double result = switch (symbol) {
            case ADD -> a.value() + b.value();
            case SUBTRACT -> a.value() - b.value();
            case MULTIPLY -> a.value() * b.value();
            case DIVIDE -> a.value() / b.value();
        };
        boolean integer = a.integer() && b.integer();
        if (!Double.isFinite(result) || integer && result != Math.rint(result)) {
            return Optional.empty();
        }
        return Optional.of(new Literal.Number(result, integer));
    }
}
