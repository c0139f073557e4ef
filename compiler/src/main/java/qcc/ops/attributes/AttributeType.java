package qcc.ops.attributes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import qcc.tensor.Shape;

/**
 * The types that attributes can have, by the Java type of the record component.
 *
 * @param <T>         the Java type
 * @param description what the user may write
 * @param reader      gives the value, or nothing when the literal is of another type
 */
record AttributeType<T>(String description, Reader<T> reader) {

    /** Reads a literal; integers outside {@code bounds} raise {@link OutOfBounds}. */
    @FunctionalInterface
    interface Reader<T> {
        Optional<T> read(Literal literal, Bounds bounds);
    }

    /** The allowed integers. */
    record Bounds(int min, int max) {
        int check(double value) {
            if (value < min || value > max) {
                throw new OutOfBounds(value, this);
            }
            return (int) value;
        }

        @Override
        public String toString() {
            if (min == Integer.MIN_VALUE && max == Integer.MAX_VALUE) {
                return "";
            }
            return max == Integer.MAX_VALUE ? "at least " + min : min + " to " + max;
        }
    }

    /** An integer that the attribute does not allow. */
    static final class OutOfBounds extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfBounds(double value, Bounds bounds) {
            super(new Literal.Number(value, true) + " is not allowed, only " + bounds);
        }
    }

    private static final Map<Class<?>, AttributeType<?>> BY_CLASS = new LinkedHashMap<>();

    private static <T> void define(Class<T> type, String description, Reader<T> reader) {
        BY_CLASS.put(type, new AttributeType<>(description, reader));
    }

    static {
        define(int.class, "an integer", AttributeType::integer);
        define(Integer.class, "an integer", AttributeType::integer);
        define(double.class, "a number", (literal, bounds) ->
                literal instanceof Literal.Number number ? Optional.of(number.value()) : Optional.empty());
        define(boolean.class, "true or false", (literal, bounds) -> Optional.of(literal.toString())
                .filter(text -> text.equals("true") || text.equals("false")).map(Boolean::valueOf));
        define(String.class, "a text in quotes", (literal, bounds) ->
                literal instanceof Literal.Text text ? Optional.of(text.text()) : Optional.empty());
        define(Extent.class, "an integer or [height, width]", (literal, bounds) ->
                integer(literal, bounds).map(n -> new Extent(n, n))
                        .or(() -> integers(literal, 2, bounds).map(list -> new Extent(list.get(0), list.get(1)))));
        define(Shape.class, "a list of extents", (literal, bounds) -> integers(literal, -1, bounds).map(Shape::new));
        define(Padding.class, "same, valid or [top, bottom, left, right]", AttributeType::padding);
        define(Padding.Explicit.class, "[top, bottom, left, right]", (literal, bounds) ->
                padding(literal, bounds).filter(Padding.Explicit.class::isInstance).map(Padding.Explicit.class::cast));
    }

    /** The type for a record component; enums are words in lower case. */
    static AttributeType<?> of(Class<?> type) {
        if (type.isEnum()) {
            List<?> constants = Arrays.asList(type.getEnumConstants());
            String words = constants.stream().map(AttributeType::word).collect(Collectors.joining(", "));
            return new AttributeType<Object>("one of " + words, (literal, bounds) -> constants.stream()
                    .filter(constant -> word(constant).equals(literal.toString())).findFirst().map(c -> (Object) c));
        }
        AttributeType<?> known = BY_CLASS.get(type);
        if (known == null) {
            throw new IllegalArgumentException("no attribute type for " + type);
        }
        return known;
    }

    /** An enum constant as QDSL writes it. */
    static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Integer> integer(Literal literal, Bounds bounds) {
        return literal instanceof Literal.Number number && number.integer()
                ? Optional.of(bounds.check(number.value())) : Optional.empty();
    }

    private static Optional<List<Integer>> integers(Literal literal, int count, Bounds bounds) {
        if (!(literal instanceof Literal.Sequence sequence)
                || count >= 0 && sequence.items().size() != count) {
            return Optional.empty();
        }
        List<Integer> list = new ArrayList<>();
        for (Literal item : sequence.items()) {
            Optional<Integer> value = integer(item, bounds);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            list.add(value.get());
        }
        return Optional.of(list);
    }

    private static Optional<Padding> padding(Literal literal, Bounds bounds) {
        if (literal.equals(new Literal.Word("same"))) {
            return Optional.of(new Padding.Same());
        }
        if (literal.equals(new Literal.Word("valid"))) {
            return Optional.of(new Padding.Valid());
        }
        return integers(literal, 4, bounds).map(l -> new Padding.Explicit(l.get(0), l.get(1), l.get(2), l.get(3)));
    }
}
