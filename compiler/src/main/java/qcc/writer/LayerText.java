package qcc.writer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Node;
import qcc.ops.Layer;
import qcc.ops.LayerOptions;
import qcc.ops.attributes.AttributeSchema;
import qcc.ops.attributes.Literal;

/**
 * What the text of a layer says.
 *
 * @param operator  its name
 * @param arguments by name, in the operator's order; those that have their default value are left out
 * @param fallbacks the arguments that can be left out, with their default values
 * @param isTrained whether it has arrays
 */
record LayerText(String operator, Map<String, Literal> arguments, Map<String, Literal> fallbacks, boolean isTrained) {
    private static final AttributeSchema<LayerOptions> OPTIONS = new AttributeSchema<>(LayerOptions.class);

    static LayerText of(Node node) {
        return of((Layer<?>) node.operation());
    }

    private static <A extends Record> LayerText of(Layer<A> layer) {
        AttributeSchema<A> schema = layer.operator().schema();
        Map<String, Literal> arguments = new LinkedHashMap<>(schema.literals(layer.attributes()));
        arguments.putAll(OPTIONS.literals(layer.options()));
        Map<String, Literal> fallbacks = new LinkedHashMap<>();
        schema.fields().stream().filter(field -> !field.fallback().isEmpty())
                .forEach(field -> fallbacks.put(field.name(), Literal.parse(field.fallback())));
        return new LayerText(layer.operator().name(), arguments, fallbacks, !layer.parameters().isEmpty());
    }

    static List<LayerText> of(List<Node> nodes) {
        return nodes.stream().map(LayerText::of).toList();
    }

    /** The value of an argument, given or not; nothing if the layer has no value for it. */
    Optional<Literal> value(String argument) {
        return Optional.ofNullable(arguments.getOrDefault(argument, fallbacks.get(argument)));
    }
}
