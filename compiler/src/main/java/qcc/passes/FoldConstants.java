package qcc.passes;

import java.util.ArrayList;
import java.util.List;
import qcc.ir.Graph;
import qcc.ir.IntegerType;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.ConstantTensor;
import qcc.ops.IntegerOperation;
import qcc.tensor.IntTensor;

/** Computes what depends on constants only, as the interpreter would. */
public final class FoldConstants {
    private FoldConstants() {
    }

    public static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.nodes()) {
            List<IntTensor> known = known(rewriter, node);
            boolean folds = !node.inputs().isEmpty() && known.size() == node.inputs().size()
                    && node.output().quantized().type() == IntegerType.INT8;
            rewriter.add(folds ? new Node(node.name(),
                    ConstantTensor.of(((IntegerOperation) node.operation()).evaluate(known)), List.of(),
                    node.output(), node.span()) : node);
        }
        return RemoveDeadCode.run(rewriter.build());
    }

    /** Those operands of a node that are constants. */
    private static List<IntTensor> known(Rewriter rewriter, Node node) {
        List<IntTensor> known = new ArrayList<>();
        for (Value input : node.inputs()) {
            Node producer = rewriter.producer(input);
            if (producer != null && producer.operation() instanceof ConstantTensor constant) {
                known.add(constant.data());
            }
        }
        return known;
    }
}
