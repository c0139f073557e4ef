package qcc.tests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.ops.ShapeException;
import qcc.ops.attributes.AttributeException;
import qcc.ops.attributes.Literal;
import qcc.tensor.Shape;

/**
 * One layer of a pipe.
 *
 * @param operator  its name
 * @param label     name of the layer, so that its random weights stay the same when other layers are dropped; empty
 *                  for an operator that is written between its operands
 * @param arguments the operator's own
 * @param options   overrides of the quantisation, which every operator takes
 * @param times     how often the layer is repeated, at least 1
 */
record Stage(String operator, String label, List<Argument> arguments, List<Argument> options, int times) {
    private static final Map<String, String> INFIX = Map.of("add", "+", "sub", "-", "mul", "*");

    Stage {
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    /** True for operators that may also be written between two operands. */
    static boolean hasInfix(String operator) {
        return INFIX.containsKey(operator);
    }

    Operator<?> definition() {
        return Operators.find(operator).orElseThrow();
    }

    Stage withArguments(List<Argument> others) {
        return new Stage(operator, label, others, options, times);
    }

    Stage withOptions(List<Argument> others) {
        return new Stage(operator, label, arguments, others, times);
    }

    Stage repeated(int count) {
        return new Stage(operator, label, arguments, options, count);
    }

    /** With another label; an empty one says that the stage is written between its operands. */
    Stage labelled(String other) {
        return new Stage(operator, other, arguments, options, times);
    }

    /** The stage behind {@code |>}. */
    String piped() {
        return operator + call("") + (times > 1 ? " * " + times : "") + " as " + label;
    }

    /** The stage as the beginning of an expression. */
    String applied(List<String> operands) {
        return label.isEmpty() ? "(" + String.join(" " + INFIX.get(operator) + " ", operands) + ")"
                : operator + call(String.join(", ", operands)) + " as " + label;
    }

    private String call(String operands) {
        String text = Stream.concat(operands.isEmpty() ? Stream.of() : Stream.of(operands),
                Stream.concat(arguments.stream(), options.stream()).map(Argument::toString))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : "(" + text + ")";
    }

    /** What the operator itself says of the result; an operator that is not defined for the inputs raises Invalid. */
    Result apply(List<Shape> inputs) {
        Result result = apply(definition(), inputs);
        for (int i = 1; i < times; i++) {
            Result next = apply(definition(), List.of(result.shape()));
            result = new Result(next.shape(), result.work() + next.work());
        }
        return result;
    }

    private <A extends Record> Result apply(Operator<A> operation, List<Shape> inputs) {
        try {
            if (!operation.arity().accepts(inputs.size())) {
                throw new Invalid(operator + " does not take " + inputs.size() + " tensors");
            }
            Map<String, Literal> given = arguments.stream().collect(Collectors.toMap(Argument::name, Argument::value));
            A attributes = operation.schema().read(given);
            Shape shape = operation.infer(attributes, inputs);
            if (!shape.isReasonable() || shape.rank() > 4) {
                throw new Invalid("the result has the shape " + shape);
            }
            long weights = operation.parameters(attributes, inputs).stream().mapToLong(p -> p.shape().size()).sum();
            return new Result(shape, weights * (shape.size() / shape.last()));
        } catch (AttributeException | ShapeException e) {
            throw new Invalid(e.getMessage());
        }
    }

    /**
     * A layer's result.
     *
     * @param work about the number of multiplications
     */
    record Result(Shape shape, long work) {
    }

    /** All arguments, with the argument at an index replaced, or dropped when {@code value} is null. */
    static List<Argument> replaced(List<Argument> all, int index, Literal value) {
        List<Argument> changed = new ArrayList<>(all);
        if (value == null) {
            changed.remove(index);
        } else {
            changed.set(index, new Argument(all.get(index).name(), value));
        }
        return changed;
    }
}
