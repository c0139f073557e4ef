package qcc.quant;

import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ops.Layer;
import qcc.ops.WeightedOperator;

/** The bits of the weights of single layers in a TYPED graph. */
public final class LayerBits {
    private LayerBits() {
    }

    /** The names of the layers that have weights. */
    public static List<String> layers(Graph graph) {
        return graph.nodes().stream().filter(LayerBits::isWeighted).map(Node::name).toList();
    }

    private static boolean isWeighted(Node node) {
        return ((Layer<?>) node.operation()).operator() instanceof WeightedOperator<?>;
    }

    /** The graph in which these layers have weights of so many bits; all others stay what they are. */
    public static Graph apply(Graph graph, Map<String, Integer> bits) {
        return graph.withNodes(graph.nodes().stream().map(node -> bits.containsKey(node.name())
                ? node.withOperation(withBits((Layer<?>) node.operation(), bits.get(node.name()))) : node).toList());
    }

    private static <A extends Record> Layer<A> withBits(Layer<A> layer, int bits) {
        return layer.withOptions(layer.options().withBits(bits));
    }
}
