package qcc.writer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.Clip;
import qcc.ops.Layer;
import qcc.ops.NoAttributes;
import qcc.ops.Operator;
import qcc.ops.Relu;
import qcc.ops.Relu6;

/** Gives activations that an importer made part of a layer a layer of their own, as the text has. */
final class Activations {
    private final Graph graph;
    private final Set<String> taken = new HashSet<>();
    private final List<Node> nodes = new ArrayList<>();
    private int nextId;

    private Activations(Graph graph) {
        this.graph = graph;
        graph.values().forEach(value -> taken.add(value.name()));
        this.nextId = graph.values().stream().mapToInt(Value::id).max().orElse(-1) + 1;
    }

    /** The same TYPED network without fused activations. */
    static Graph separate(Graph graph) {
        Activations activations = new Activations(graph);
        graph.nodes().forEach(activations::add);
        return graph.withNodes(activations.nodes);
    }

    private void add(Node node) {
        Layer<?> layer = (Layer<?>) node.operation();
        if (layer.clamp().isAll()) {
            nodes.add(node);
            return;
        }
        String name = node.name() + "_unclamped";
        while (!taken.add(name)) {
            name += "_";
        }
        Value inner = new Value(nextId++, name, node.output().shape(), node.output().quantization());
        nodes.add(new Node(name, layer.withClamp(Interval.ALL), node.inputs(), inner, node.span()));
        nodes.add(new Node(node.name(), activation(layer.clamp()), List.of(inner), node.output(), node.span()));
    }

    private static Layer<?> activation(Interval clamp) {
        Optional<Operator<NoAttributes>> known = List.of(new Relu(), new Relu6()).stream()
                .filter(operator -> operator.bounds(new NoAttributes()).equals(clamp))
                .map(operator -> (Operator<NoAttributes>) operator).findFirst();
        return known.isPresent() ? Layer.plain(known.get(), new NoAttributes())
                : Layer.plain(new Clip(), new Clip.Attributes(Math.max(clamp.low(), -Float.MAX_VALUE),
                        Math.min(clamp.high(), Float.MAX_VALUE)));
    }
}
