package qcc.passes;

import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.Lookup;

/**
 * Composes tables that follow each other, as pairs of QUANTIZE or an activation and a change of scale do, and drops
 * tables that change nothing.
 */
public final class MergeLookups {
    private MergeLookups() {
    }

    public static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        Map<Integer, List<Node>> consumers = graph.consumers();
        for (Node original : graph.nodes()) {
            Node node = rewriter.current(original);
            if (!(node.operation() instanceof Lookup lookup)) {
                rewriter.add(node);
                continue;
            }
            Value input = node.inputs().get(0);
            Node producer = rewriter.producer(input);
            // Behind a table that was dropped, the producer may have readers that its own value does not show.
            boolean direct = input.id() == original.inputs().get(0).id();
            boolean alone = direct && consumers.get(input.id()).size() == 1 && !graph.isOutput(input);
            if (alone && producer != null && producer.operation() instanceof Lookup first) {
                rewriter.remove(producer);
                lookup = first.then(lookup);
                input = producer.inputs().get(0);
            }
            // The real values of an output are read with its own scale, so it keeps the value that carries that scale.
            boolean sameMeaning = node.output().quantization().equals(input.quantization());
            if (lookup.isIdentity() && (sameMeaning || !graph.isOutput(node.output()))) {
                rewriter.redirect(node.output(), input);
            } else {
                rewriter.add(new Node(node.name(), lookup, List.of(input), node.output(), node.span()));
            }
        }
        return rewriter.build();
    }
}
