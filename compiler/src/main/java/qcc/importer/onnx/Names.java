package qcc.importer.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of layers, inputs and outputs: identifiers of QDSL that are unique and remind of those in the file. */
final class Names {
    private static final int MAX_LENGTH = 60;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> next = new HashMap<>();

    /** The name for a layer: the node's own, or its operator when it has none. */
    String of(OnnxNode node) {
        return unique(node.name().isEmpty() ? node.operator().toLowerCase(Locale.ROOT) : node.name());
    }

    /** An identifier that has not been given yet. */
    String unique(String wanted) {
        String name = identifier(wanted);
        String candidate = name;
        while (!taken.add(candidate.toLowerCase(Locale.ROOT))) {
            candidate = name + "_" + next.merge(name, 1, Integer::sum);
        }
        return candidate;
    }

    static String identifier(String text) {
        String cleaned = text.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
        String cut = cleaned.substring(0, Math.min(MAX_LENGTH, cleaned.length()));
        return cut.isEmpty() || Character.isDigit(cut.charAt(0)) ? "x" + cut : cut;
    }
}
