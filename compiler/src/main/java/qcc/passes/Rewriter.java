package qcc.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Value;

/** Builds a changed copy of a graph: nodes are added in order, and values may be replaced for all later readers. */
final class Rewriter {
    private final Graph graph;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, Value> replacements = new HashMap<>();
    private int nextId;

    Rewriter(Graph graph) {
        this.graph = graph;
        this.nextId = graph.values().stream().mapToInt(Value::id).max().orElse(-1) + 1;
    }

    /** The node as it reads after the replacements so far. */
    Node current(Node node) {
        return new Node(node.name(), node.operation(), node.inputs().stream().map(this::current).toList(),
                node.output(), node.span());
    }

    Value current(Value value) {
        return replacements.getOrDefault(value.id(), value);
    }

    int newId() {
        return nextId++;
    }

    void add(Node node) {
        nodes.add(node);
    }

    /** The added node that defines a value, if it is a node. */
    Node producer(Value value) {
        return nodes.stream().filter(node -> node.output().id() == value.id()).findFirst().orElse(null);
    }

    /** True when a single node, and no output, reads a value of the graph that is rewritten. */
    boolean hasOneReader(Value value) {
        return graph.consumers().getOrDefault(value.id(), List.of()).size() == 1 && !graph.isOutput(value);
    }

    /** Puts {@code changed} in the place of {@code node}, which was added before. */
    void replace(Node node, Node changed) {
        nodes.set(nodes.indexOf(node), changed);
    }

    /** Takes back {@code node}, which was added before. */
    void remove(Node node) {
        nodes.remove(node);
    }

    /** All later readers of {@code old} read {@code replacement}. */
    void redirect(Value old, Value replacement) {
        replacements.put(old.id(), replacement);
    }

    Graph build() {
        List<Output> outputs = graph.outputs().stream()
                .map(o -> new Output(o.name(), current(o.value()), o.span())).toList();
        return new Graph(graph.name(), graph.stage(), graph.inputs(), nodes, outputs);
    }
}
