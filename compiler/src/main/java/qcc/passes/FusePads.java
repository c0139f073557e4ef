package qcc.passes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.Pad;
import qcc.ops.PaddedOperation;

/** Makes the rows and columns that a pad adds part of the window of the convolution or pool that reads them. */
public final class FusePads {
    private FusePads() {
    }

    public static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        Map<Integer, List<Node>> consumers = graph.consumers();
        for (Node original : graph.nodes()) {
            Node node = rewriter.current(original);
            if (!(node.operation() instanceof PaddedOperation operation)) {
                rewriter.add(node);
                continue;
            }
            Value input = original.inputs().get(0);
            Node producer = rewriter.producer(input);
            boolean alone = consumers.get(input.id()).size() == 1 && !graph.isOutput(input);
            if (alone && producer != null && producer.operation() instanceof Pad.Int8 pad) {
                Optional<IntegerOperation> fused = operation.withPadding(pad.geometry());
                if (fused.isPresent()) {
                    rewriter.remove(producer);
                    node = new Node(node.name(), fused.get(), producer.inputs(), node.output(), node.span());
                }
            }
            rewriter.add(node);
        }
        return rewriter.build();
    }
}
