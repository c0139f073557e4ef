package qcc.passes;

import java.util.List;
import java.util.Optional;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.Lookup;
import qcc.ops.Transpose;

/**
 * Composes transposes that follow each other, also past tables, which do not care about the order of elements. Two that
 * undo each other become a view, which costs nothing.
 */
public final class FoldTransposes {
    private FoldTransposes() {
    }

    public static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        for (Node original : graph.nodes()) {
            Node node = rewriter.current(original);
            if (node.operation() instanceof Transpose.Int8 second) {
                node = folded(rewriter, node, second, node.inputs().get(0)).orElse(node);
            }
            rewriter.add(node);
        }
        return RemoveDeadCode.run(rewriter.build());
    }

    /** The one transpose, or view, that does what {@code second} does behind what gave {@code input}. */
    private static Optional<Node> folded(Rewriter rewriter, Node node, Transpose.Int8 second, Value input) {
        Node producer = rewriter.producer(input);
        if (producer != null && producer.operation() instanceof Transpose.Int8 first) {
            Value source = producer.inputs().get(0);
            return Transpose.composed(first, source.shape(), second, input.shape())
                    .map(composed -> with(node, composed, source, node.output()));
        }
        if (producer == null || !(producer.operation() instanceof Lookup lookup) || !rewriter.hasOneReader(input)) {
            return Optional.empty();
        }
        Value source = producer.inputs().get(0);
        Optional<Node> moved = folded(rewriter, node, second, source);
        return moved.map(transpose -> {
            Value between = new Value(rewriter.newId(), node.name() + "_" + producer.name(), node.output().shape(),
                    source.quantization());
            rewriter.add(new Node(between.name(), transpose.operation(), transpose.inputs(), between, node.span()));
            return with(node, lookup, between, node.output());
        });
    }

    private static Node with(Node node, IntegerOperation operation, Value input, Value output) {
        return new Node(node.name(), operation, List.of(input), output, node.span());
    }
}
