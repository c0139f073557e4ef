package qcc.passes;

import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ops.tflite.TfliteAddition;

/** Replaces TFLite's additions, which round three times, by weighted sums that round once, where no result changes. */
public final class SimplifySums {
    private SimplifySums() {
    }

    public static Graph run(Graph graph) {
        return graph.withNodes(graph.nodes().stream().map(SimplifySums::simplified).toList());
    }

    private static Node simplified(Node node) {
        return node.operation() instanceof TfliteAddition addition
                ? addition.asWeightedSum().map(node::withOperation).orElse(node) : node;
    }
}
