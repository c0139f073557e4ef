package qcc.ops.attributes;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import qcc.diagnostics.Code;
import qcc.diagnostics.Suggestions;

/**
 * The named arguments that an attribute record describes. In QDSL the component {@code kernelSize} is written
 * {@code kernel_size}.
 *
 * @param <A> the attribute record
 */
public final class AttributeSchema<A extends Record> {
    private final Class<A> type;
    private final List<Field> fields = new ArrayList<>();

    /**
     * One argument, as documented.
     *
     * @param name     in QDSL
     * @param type     what may be written
     * @param bounds   the allowed integers, or empty
     * @param fallback the default, or empty
     * @param required false when there is a default or the argument may be absent
     * @param summary  one line
     */
    public record Field(String name, String type, String bounds, String fallback, boolean required, String summary) {
    }

    public AttributeSchema(Class<A> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            Attribute attribute = component.getAnnotation(Attribute.class);
            if (attribute == null) {
                throw new IllegalArgumentException(component + " has no @Attribute");
            }
            fields.add(new Field(snakeCase(component.getName()), attributeType(component).description(),
                    bounds(attribute).toString(), attribute.fallback(),
                    attribute.fallback().isEmpty() && !isOptional(component), attribute.value()));
        }
    }

    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** The argument of a name that exists. */
    public Field field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** Reads the arguments into the record; arguments that are not given take their defaults. */
    public A read(Map<String, Literal> given) throws AttributeException {
        for (String name : given.keySet()) {
            if (!names().contains(name)) {
                throw unknown(name);
            }
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i], fields.get(i), Optional.ofNullable(given.get(fields.get(i).name())));
        }
        return construct(values);
    }

    /** {@code name = value} for every attribute, in the order of declaration. */
    public String format(A attributes) {
        List<String> parts = new ArrayList<>();
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object value = access(components[i], attributes);
            if (!(value instanceof Optional<?> optional && optional.isEmpty())) {
                parts.add(fields.get(i).name() + " = " + text(value));
            }
        }
        return String.join(", ", parts);
    }

    /** The attributes as they would be written, by name; those that have their default value are left out. */
    public Map<String, Literal> literals(A attributes) {
        Map<String, Literal> literals = new LinkedHashMap<>();
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object value = access(components[i], attributes);
            boolean absent = value instanceof Optional<?> optional && optional.isEmpty();
            if (!absent && !text(value).equals(defaultText(components[i], fields.get(i)))) {
                literals.put(fields.get(i).name(), Literal.of(value instanceof Optional<?> optional
                        ? optional.orElseThrow() : value, text(value)));
            }
        }
        return literals;
    }

    private static String defaultText(RecordComponent component, Field field) {
        try {
            return field.fallback().isEmpty() ? "" : text(value(component, field, Optional.empty()));
        } catch (AttributeException e) {
            throw new IllegalStateException(component + " has a default that it does not accept", e);
        }
    }

    private AttributeException unknown(String name) {
        String all = fields.isEmpty() ? "there are no arguments" : "the arguments are "
                + fields.stream().map(Field::name).collect(Collectors.joining(", "));
        String help = Suggestions.closest(name, names()).map(close -> "did you mean `" + close + "`?").orElse(all);
        return new AttributeException(Code.E301, name, "there is no argument `" + name + "`", help);
    }

    private static Object value(RecordComponent component, Field field, Optional<Literal> given)
            throws AttributeException {
        Attribute attribute = component.getAnnotation(Attribute.class);
        if (given.isEmpty() && attribute.fallback().isEmpty()) {
            if (isOptional(component)) {
                return Optional.empty();
            }
            throw new AttributeException(Code.E302, field.name(), "argument `" + field.name() + "` is missing",
                    "write `" + field.name() + " = ...`: " + field.summary() + ", " + field.type());
        }
        Literal literal = given.orElseGet(() -> Literal.parse(attribute.fallback()));
        Optional<?> value;
        try {
            value = attributeType(component).reader().read(literal, bounds(attribute));
        } catch (AttributeType.OutOfBounds e) {
            throw new AttributeException(Code.E304, field.name(),
                    "argument `" + field.name() + "`: " + e.getMessage(),
                    "`" + field.name() + "` means: " + field.summary());
        }
        if (value.isEmpty()) {
            throw new AttributeException(Code.E303, field.name(),
                    "argument `" + field.name() + "` cannot be `" + literal + "`",
                    "write " + field.type() + (field.bounds().isEmpty() ? "" : ", " + field.bounds()));
        }
        return isOptional(component) ? value : value.get();
    }

    private static AttributeType<?> attributeType(RecordComponent component) {
        if (isOptional(component)) {
            ParameterizedType generic = (ParameterizedType) component.getGenericType();
            return AttributeType.of((Class<?>) generic.getActualTypeArguments()[0]);
        }
        return AttributeType.of(component.getType());
    }

    private static boolean isOptional(RecordComponent component) {
        return component.getType() == Optional.class;
    }

    private static AttributeType.Bounds bounds(Attribute attribute) {
        return new AttributeType.Bounds(attribute.min(), attribute.max());
    }

    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return text(optional.orElseThrow());
        }
        return value instanceof Enum<?> ? AttributeType.word(value) : value.toString();
    }

    private A construct(Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("attribute record " + type + " cannot be built", e);
        }
    }

    private static Object access(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("attribute record " + record.getClass() + " cannot be read", e);
        }
    }

    /** {@code kernelSize} becomes {@code kernel_size}. */
    public static String snakeCase(String name) {
        StringBuilder out = new StringBuilder();
        for (char c : name.toCharArray()) {
            if (Character.isUpperCase(c)) {
                out.append('_');
            }
            out.append(Character.toLowerCase(c));
        }
        return out.toString();
    }
}
