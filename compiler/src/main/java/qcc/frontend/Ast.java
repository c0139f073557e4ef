package qcc.frontend;

import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Span;

/**
 * The abstract syntax tree of a QDSL file: what the text says, before any name is resolved. Immutable; every node
 * knows its place in the text. The depth of the tree is bounded by {@link QdslParser#MAX_DEPTH}, so recursion over
 * it is safe.
 */
public final class Ast {
    private Ast() {
    }

    /** Anything that has a place in the text. */
    public sealed interface Node {
        Span span();
    }

    /**
     * A whole file.
     *
     * @param parameters one entry per {@code parameters} section, in the order of the text; the key is always
     *                   {@code parameters}
     * @param quantize   the settings of the {@code quantize} section, in the order of the text; empty without one
     */
    public record File(Model model, List<Setting> parameters, List<Setting> quantize, Span span) implements Node {
        public File {
            parameters = List.copyOf(parameters);
            quantize = List.copyOf(quantize);
        }
    }

    /** A name where it is defined or, for a callee or an argument, used. */
    public record Name(String text, Span span) implements Node {
        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code model NAME(INPUTS) -> OUTPUTS { BODY }}; inputs and outputs are never empty. */
    public record Model(Name name, List<Input> inputs, List<Name> outputs, List<Statement> body, Span span)
            implements Node {
        public Model {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            body = List.copyOf(body);
        }
    }

    /** {@code NAME: SHAPE in [LOW, HIGH]}. */
    public record Input(Name name, ListLiteral shape, Optional<Range> range, Span span) implements Node {
    }

    /** The real values that an input takes; both finite, in the order of the text, which may be the wrong one. */
    public record Range(double low, double high, Span span) implements Node {
    }

    /** What a model's body is made of. */
    public sealed interface Statement extends Node {
        Name name();
    }

    /** {@code block NAME(PARAMETERS) { BINDINGS return RESULT }}, or {@code = RESULT} when there are no bindings. */
    public record Block(Name name, List<Parameter> parameters, List<Binding> bindings, Expression result, Span span)
            implements Statement {
        public Block {
            parameters = List.copyOf(parameters);
            bindings = List.copyOf(bindings);
        }
    }

    /** A parameter of a block: {@code NAME} or {@code NAME = DEFAULT}. */
    public record Parameter(Name name, Optional<Expression> defaultValue, Span span) implements Node {
    }

    /** {@code NAME: SHAPE = VALUE}; the shape is a check. */
    public record Binding(Name name, Optional<ListLiteral> shape, Expression value, Span span) implements Statement {
    }

    /** A line of {@code quantize}, or a {@code parameters} section: a key and free words, strings, calls. */
    public record Setting(Name key, List<Expression> arguments, Span span) implements Node {
        public Setting {
            arguments = List.copyOf(arguments);
        }
    }

    /** A value: a tensor, a number, a word, a list. Which of them is known only after names are resolved. */
    public sealed interface Expression extends Node {
    }

    /** A whole number. */
    public record IntegerLiteral(long value, Span span) implements Expression {
    }

    /** A number with a decimal point or an exponent; always finite. */
    public record DecimalLiteral(double value, Span span) implements Expression {
    }

    /** A string; the value is without quotes and escapes. */
    public record StringLiteral(String value, Span span) implements Expression {
    }

    /** {@code [A, B, ...]}: a list of numbers, a shape. */
    public record ListLiteral(List<Expression> elements, Span span) implements Expression {
        public ListLiteral {
            elements = List.copyOf(elements);
        }
    }

    /** A name that stands for a tensor, for a block's parameter, or for itself (a word such as {@code same}). */
    public record Reference(String name, Span span) implements Expression {
    }

    /**
     * {@code CALLEE(ARGUMENTS) as LABEL : SHAPE}.
     *
     * @param label the name given to the layer, or to the instance of a block
     * @param shape a check of the result's shape
     */
    public record Call(Name callee, List<Argument> arguments, Optional<Name> label, Optional<ListLiteral> shape,
            Span span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code VALUE} or {@code NAME = VALUE}. */
    public record Argument(Optional<Name> name, Expression value, Span span) implements Node {
    }

    /** {@code SOURCE |> STAGE |> STAGE ...}; there is at least one stage. */
    public record Pipe(Expression source, List<Stage> stages, Span span) implements Expression {
        public Pipe {
            stages = List.copyOf(stages);
        }
    }

    /** {@code CALL * TIMES}: the value that flows through the pipe is the call's first tensor. */
    public record Stage(Call call, Optional<Expression> times, Span span) implements Node {
    }

    /** {@code LEFT OPERATOR RIGHT}. */
    public record Binary(Operator operator, Expression left, Expression right, Span span) implements Expression {
    }

    /** The operators of arithmetic, as they are written. */
    public enum Operator {
        ADD("+"), SUBTRACT("-"), MULTIPLY("*"), DIVIDE("/");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }

        /** True for the two that bind tighter. */
        public boolean isMultiplicative() {
            return this == MULTIPLY || this == DIVIDE;
        }

        static Operator of(String symbol) {
            for (Operator operator : values()) {
                if (operator.symbol.equals(symbol)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException(symbol);
        }
    }
}
