package qcc.quant;

import java.util.List;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.ops.OutputScale;

/** Which values of a network show how near its results are to another one's. */
public final class Results {
    private Results() {
    }

    /**
     * One value for each output of a TYPED graph: where a layer of fixed scale such as softmax gives it, what that layer
     * reads, for probabilities near 0 and 1 hide the error.
     */
    public static List<Value> compared(Graph graph) {
        return graph.outputs().stream().map(output -> graph.nodes().stream()
                .filter(node -> node.output().id() == output.value().id())
                .filter(node -> outputScale((Layer<?>) node.operation()) == OutputScale.FIXED)
                .map((Node node) -> node.inputs().get(0)).findFirst().orElse(output.value())).toList();
    }

    /** True when a layer's result has a scale that is chosen for it. */
    static boolean hasOwnScale(Layer<?> layer) {
        OutputScale scale = outputScale(layer);
        return scale == OutputScale.OWN || scale == OutputScale.SHARED;
    }

    private static <A extends Record> OutputScale outputScale(Layer<A> layer) {
        return layer.operator().outputScale(layer.attributes());
    }
}
