package qcc.importer.tflite;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Readable, unique names for layers. Converters name a tensor after all that was fused into it, joined by
 * semicolons, each a path of scopes: {@code model/activation_3/Relu;model/batch_normalization_3/FusedBatchNormV3;
 * model/conv2d_3/Conv2D}.
 */
final class Names {
    /** What the layers of an operator are usually called; such a word is looked for first. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("CONV_2D", "conv"), Map.entry("DEPTHWISE_CONV_2D", "depthwise"),
            Map.entry("FULLY_CONNECTED", "dense"), Map.entry("ADD", "add"), Map.entry("SUB", "sub"),
            Map.entry("MUL", "mul"), Map.entry("AVERAGE_POOL_2D", "pool"), Map.entry("MAX_POOL_2D", "pool"),
            Map.entry("MEAN", "pool"), Map.entry("SOFTMAX", "softmax"), Map.entry("CONCATENATION", "concat"),
            Map.entry("RESHAPE", "reshape"), Map.entry("PAD", "pad"));
    private static final int MAX_LENGTH = 40;

    private final Set<String> taken = new HashSet<>();

    /** The name of the layer that computes a tensor. */
    String layer(String tensor, String operator) {
        return unique(layerName(tensor, operator));
    }

    /** The name of an input or output of the network; {@code otherwise} where the file's is no name. */
    String port(String tensor, String otherwise) {
        String name = tensor.replaceFirst("^serving_default_", "").replaceFirst(":\\d+$", "");
        boolean generated = name.startsWith("Identity") || name.startsWith("StatefulPartitionedCall")
                || name.startsWith("PartitionedCall");
        return unique(generated ? otherwise : identifier(name, otherwise));
    }

    /** The name itself, or the name with the first number that makes it unique. */
    String unique(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private static String layerName(String tensor, String operator) {
        String usual = USUAL.getOrDefault(operator, operator.toLowerCase(Locale.ROOT));
        for (String part : tensor.split(";")) {
            for (String scope : part.split("/")) {
                boolean other = usual.equals("conv") && scope.startsWith("depthwise");
                if (scope.startsWith(usual) && !other || scope.endsWith("_" + usual) || usual.equals("pool")
                        && scope.contains("pooling")) {
                    return identifier(scope, usual);
                }
            }
        }
        List<String> path = List.of(tensor.split(";")[0].split("/"));
        String scope = path.size() > 1 ? path.get(path.size() - 2) : "";
        return identifier(scope.matches("(activation|batch_normalization|model|sequential|functional)(_\\d+)?") ? ""
                : scope, operator.toLowerCase(Locale.ROOT));
    }

    /** Letters, digits and underscores, beginning with a letter. */
    private static String identifier(String text, String otherwise) {
        String name = text.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^[^A-Za-z]+|_+$", "");
        return name.isEmpty() ? otherwise : name.substring(0, Math.min(name.length(), MAX_LENGTH));
    }
}
