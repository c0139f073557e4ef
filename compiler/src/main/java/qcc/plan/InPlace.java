package qcc.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;

/**
 * Which nodes may overwrite which of their inputs. An input's bytes may be overwritten when their last use under any
 * name is this very step; so no two nodes compete for the same bytes, and every node may choose for itself.
 */
final class InPlace {
    private InPlace() {
    }

    /** The indices of the inputs that each node may overwrite, by step; nodes without any are absent. */
    static Map<Integer, List<Integer>> options(Graph graph, Liveness liveness) {
        Map<Integer, List<Integer>> options = new LinkedHashMap<>();
        for (int step = 0; step < graph.nodes().size(); step++) {
            Node node = graph.nodes().get(step);
            List<Integer> overwritable = Liveness.isView(node) ? List.of() : overwritable(node, step, liveness);
            if (!overwritable.isEmpty()) {
                options.put(step, overwritable);
            }
        }
        return options;
    }

    private static List<Integer> overwritable(Node node, int step, Liveness liveness) {
        IntegerOperation operation = (IntegerOperation) node.operation();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = node.inputs().get(i);
            if (operation.worksInPlace(i)
                    && input.bytes() == node.output().bytes()
                    && liveness.bytesLifetime(input).last() == step
                    && isReadOnce(node, input, liveness)) {
                indices.add(i);
            }
        }
        return indices;
    }

    /** False when the node reads the same bytes through a second input, for which the promise does not hold. */
    private static boolean isReadOnce(Node node, Value input, Liveness liveness) {
        return node.inputs().stream().filter(other -> liveness.root(other) == liveness.root(input)).count() == 1;
    }
}
