package qcc.ops.attributes;

import java.util.List;
import java.util.stream.Collectors;

/** The value of an argument as written, before an operator gives it a type. */
public sealed interface Literal {

    /** A number; {@code integer} says that it was written without a point or exponent. */
    record Number(double value, boolean integer) implements Literal {
        @Override
        public String toString() {
            return integer ? String.valueOf((long) value) : String.valueOf(value);
        }
    }

    /** A bare word, such as {@code same}. */
    record Word(String text) implements Literal {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A quoted text. */
    record Text(String text) implements Literal {
        @Override
        public String toString() {
            return '"' + text + '"';
        }
    }

    /** A bracketed list. */
    record Sequence(List<Literal> items) implements Literal {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return items.stream().map(Literal::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    static Literal integer(long value) {
        return new Number(value, true);
    }

    /** The literal for the value of an attribute that prints as {@code text}. */
    static Literal of(Object value, String text) {
        if (value instanceof Double number) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
            return new Number(number, whole);
        }
        return value instanceof String ? new Text(text) : parse(text);
    }

    /** Reads the small syntax of {@link Attribute#fallback}. */
    static Literal parse(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("[")) {
            String body = trimmed.substring(1, trimmed.length() - 1).trim();
            return new Sequence(body.isEmpty() ? List.of()
                    : List.of(body.split(",")).stream().map(Literal::parse).toList());
        }
        if (trimmed.matches("-?[0-9]+")) {
            return integer(Long.parseLong(trimmed));
        }
        if (trimmed.matches("-?[0-9.]+(e-?[0-9]+)?")) {
            return new Number(Double.parseDouble(trimmed), false);
        }
        return new Word(trimmed);
    }
}
