package qcc.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * Which nodes may overwrite which of their inputs. An input's bytes may be overwritten when their last use under any
 * name is this very step; so no two nodes compete for the same bytes, and every node may choose for itself.
 */
final class InPlace {
    private InPlace() {
    }

    /** The indices of the inputs that each node may overwrite, by step; nodes without any are absent. */
    static Map<Integer, List<Integer>> options(Graph graph, Liveness liveness, KernelMemory kernels) {
        Map<Integer, List<Integer>> options = new LinkedHashMap<>();
        for (int step = 0; step < graph.nodes().size(); step++) {
            Node node = graph.nodes().get(step);
            List<Integer> overwritable = Liveness.isView(node) ? List.of() : overwritable(node, step, liveness, kernels);
            if (!overwritable.isEmpty()) {
                options.put(step, overwritable);
            }
        }
        return options;
    }

    private static List<Integer> overwritable(Node node, int step, Liveness liveness,
            KernelMemory kernels) {
        Sweep sweep = kernels.sweep(node);
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = node.inputs().get(i);
            if (liveness.bytesLifetime(input).last() == step && everyReaderAllows(node, input, sweep, liveness)) {
                indices.add(i);
            }
        }
        return indices;
    }

    /** The node may read the same bytes through several inputs. */
    private static boolean everyReaderAllows(Node node, Value overwritten, Sweep sweep, Liveness liveness) {
        return IntStream.range(0, node.inputs().size())
                .filter(i -> liveness.root(node.inputs().get(i)) == liveness.root(overwritten))
                .allMatch(i -> sweep.allows(i, 0)
                        && node.inputs().get(i).bytes() == node.output().bytes());
    }
}
