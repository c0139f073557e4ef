package qcc.passes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import qcc.ir.Graph;
import qcc.ir.Node;

/** Drops nodes whose results do not reach an output. */
public final class RemoveDeadCode {
    private RemoveDeadCode() {
    }

    public static Graph run(Graph graph) {
        Set<Integer> needed = new HashSet<>();
        graph.outputs().forEach(output -> needed.add(output.value().id()));
        List<Node> kept = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (needed.contains(node.output().id())) {
                node.inputs().forEach(input -> needed.add(input.id()));
                kept.add(node);
            }
        }
        Collections.reverse(kept);
        return graph.withNodes(kept);
    }
}
