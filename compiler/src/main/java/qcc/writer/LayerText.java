package qcc.writer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Node;
import qcc.ops.Layer;
import qcc.ops.LayerOptions;
import qcc.ops.attributes.AttributeSchema;
import qcc.ops.attributes.Literal;

/** What the text of a layer says: its operator and the arguments that differ from their defaults. */
final class LayerText {
    private static final AttributeSchema<LayerOptions> OPTIONS = new AttributeSchema<>(LayerOptions.class);

    private LayerText() {
    }

    static String operator(Node node) {
        return layer(node).operator().name();
    }

    /** Arguments by name; those with their default value are left out. */
    static Map<String, Literal> arguments(Node node) {
        Map<String, Literal> arguments = new LinkedHashMap<>(ownArguments(layer(node)));
        arguments.putAll(OPTIONS.literals(layer(node).options()));
        return arguments;
    }

    /** The value of an argument that a layer does not give. */
    static Literal fallback(Node node, String argument) {
        return Literal.parse(layer(node).operator().schema().fields().stream()
                .filter(field -> field.name().equals(argument)).findFirst().orElseThrow().fallback());
    }

    /** True for arguments that can be left out or stated, as a block's parameter needs. */
    static boolean hasValue(Node node, String argument) {
        return arguments(node).containsKey(argument) || layer(node).operator().schema().fields().stream()
                .anyMatch(field -> field.name().equals(argument) && !field.fallback().isEmpty());
    }

    /** The names that arguments without a name have, by position. */
    static List<String> positions(Node node) {
        return layer(node).operator().schema().names();
    }

    static boolean isTrained(Node node) {
        return !layer(node).parameters().isEmpty();
    }

    private static <A extends Record> Map<String, Literal> ownArguments(Layer<A> layer) {
        return layer.operator().schema().literals(layer.attributes());
    }

    private static Layer<?> layer(Node node) {
        return (Layer<?>) node.operation();
    }
}
