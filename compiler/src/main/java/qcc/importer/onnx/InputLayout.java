package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses how the inputs of a network are stored. Images [1, C, H, W] become [H, W, C], the order in which cameras
 * and the kernels have them, unless the network begins by transposing its input: then it is stored as it is.
 * Sequences [1, C, L] become [L, C] where a convolution reads them.
 */
final class InputLayout {
    private static final Set<String> NEUTRAL = Set.of("QuantizeLinear", "DequantizeLinear", "Cast", "Identity",
            "Dropout", "Add", "Sub", "Mul", "Div", "Clip", "Relu", "Sigmoid", "Tanh", "LeakyRelu");
    private static final Set<String> CHANNEL_LAST = Set.of("Conv", "BatchNormalization");

    private final Map<String, List<OnnxNode>> readers = new HashMap<>();

    InputLayout(List<OnnxNode> nodes) {
        for (OnnxNode node : nodes) {
            node.inputs().forEach(name -> readers.computeIfAbsent(name, key -> new ArrayList<>()).add(node));
        }
    }

    /** The axes of an input in the order of storage. */
    List<Integer> axes(String input, List<Integer> dims) {
        Set<String> first = new HashSet<>();
        collect(input, first, new HashSet<>());
        List<Integer> plain = Activation.axes(dims.size());
        List<Integer> order = switch (dims.size()) {
            case Images.RANK -> first.contains("Transpose") ? plain : List.of(0, 2, 3, 1);
            case Images.RANK - 1 -> first.stream().anyMatch(CHANNEL_LAST::contains) ? List.of(0, 2, 1) : plain;
            default -> plain;
        };
        return Scope.withoutBatch(dims, order);
    }

    /** The operators that read an input, or a function of it that keeps its order. */
    private void collect(String start, Set<String> operators, Set<String> seen) {
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            if (!seen.add(name)) {
                continue;
            }
            for (OnnxNode node : readers.getOrDefault(name, List.of())) {
                if (NEUTRAL.contains(node.operator())) {
                    open.addAll(node.outputs());
                } else {
                    operators.add(node.operator());
                }
            }
        }
    }
}
