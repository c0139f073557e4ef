package qcc.passes;

import java.util.List;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.View;

/** Lets every view read the tensor whose bytes it shows, not another view, and drops views that change no shape. */
public final class ElideViews {
    private ElideViews() {
    }

    public static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        for (Node original : graph.nodes()) {
            Node node = rewriter.current(original);
            if (!(node.operation() instanceof View)) {
                rewriter.add(node);
                continue;
            }
            Value source = node.inputs().get(0);
            Node producer = rewriter.producer(source);
            if (producer != null && producer.operation() instanceof View) {
                source = producer.inputs().get(0);
            }
            if (source.shape().equals(node.output().shape())
                    && source.quantization().equals(node.output().quantization())) {
                rewriter.redirect(node.output(), source);
            } else {
                rewriter.add(new Node(node.name(), node.operation(), List.of(source), node.output(), node.span()));
            }
        }
        return RemoveDeadCode.run(rewriter.build());
    }
}
