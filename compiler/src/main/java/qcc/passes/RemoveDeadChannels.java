package qcc.passes;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Value;
import qcc.ops.ChannelFlow;
import qcc.ops.ChannelwiseOperation;
import qcc.ops.KnownChannels;

/**
 * Takes away channels of tensors inside an INTEGER graph that the outputs can be computed without: those that no
 * weight reads, and those that always hold one value, which becomes part of the next bias. Forwards, it finds what
 * is constant; backwards, what must stay; both follow from what each operation says of itself.
 */
public final class RemoveDeadChannels {
    private final Graph graph;
    private final Map<Integer, KnownChannels> known = new HashMap<>();
    private final Map<Integer, BitSet> kept = new HashMap<>();

    private RemoveDeadChannels(Graph graph) {
        this.graph = graph;
    }

    public static Graph run(Graph graph) {
        return new RemoveDeadChannels(graph).run();
    }

    private Graph run() {
        findConstants();
        findKept();
        boolean dead = graph.values().stream().anyMatch(this::isPruned);
        return dead ? rebuild() : graph;
    }

    private void findConstants() {
        for (Input input : graph.inputs()) {
            known.put(input.value().id(), KnownChannels.none(input.value().shape().last()));
        }
        for (Node node : graph.nodes()) {
            known.put(node.output().id(), node.operation() instanceof ChannelwiseOperation operation
                    ? operation.knownChannels(node.inputs().stream().map(input -> known.get(input.id())).toList())
                    : KnownChannels.none(node.output().shape().last()));
        }
    }

    private void findKept() {
        graph.values().forEach(value -> kept.put(value.id(), new BitSet()));
        graph.inputs().forEach(input -> keepAll(input.value()));
        graph.outputs().forEach(output -> keepAll(output.value()));
        settleAll();
        // A tensor without any channel has no shape.
        for (Value value : graph.values()) {
            if (kept.get(value.id()).isEmpty()) {
                kept.get(value.id()).set(0);
            }
        }
        settleAll();
    }

    private void keepAll(Value value) {
        kept.get(value.id()).set(0, value.shape().last());
    }

    /** Sets only grow, so this ends; from the outputs to the inputs, most is settled in the first round. */
    private void settleAll() {
        int before;
        do {
            before = keptChannels();
            for (int i = graph.nodes().size() - 1; i >= 0; i--) {
                Node node = graph.nodes().get(i);
                if (node.operation() instanceof ChannelwiseOperation operation) {
                    operation.settle(flow(node));
                } else {
                    flow(node).keepAll();
                }
            }
        } while (keptChannels() > before);
    }

    private int keptChannels() {
        return kept.values().stream().mapToInt(BitSet::cardinality).sum();
    }

    private ChannelFlow flow(Node node) {
        return new ChannelFlow(node.inputs().stream().map(input -> known.get(input.id())).toList(),
                node.inputs().stream().map(input -> kept.get(input.id())).toList(),
                kept.get(node.output().id()), node.output().shape().last());
    }

    private boolean isPruned(Value value) {
        return kept.get(value.id()).cardinality() < value.shape().last();
    }

    private Graph rebuild() {
        List<Node> nodes = new ArrayList<>();
        Map<Integer, Value> values = new HashMap<>();
        graph.inputs().forEach(input -> values.put(input.value().id(), input.value()));
        for (Node node : graph.nodes()) {
            Value output = node.output().withShape(
                    node.output().shape().withLast(kept.get(node.output().id()).cardinality()));
            boolean changes = isPruned(node.output()) || node.inputs().stream().anyMatch(this::isPruned);
            values.put(output.id(), output);
            nodes.add(new Node(node.name(),
                    changes ? ((ChannelwiseOperation) node.operation()).prune(flow(node)) : node.operation(),
                    node.inputs().stream().map(input -> values.get(input.id())).toList(), output, node.span()));
        }
        List<Output> outputs = graph.outputs().stream()
                .map(o -> new Output(o.name(), values.get(o.value().id()), o.span())).toList();
        return new Graph(graph.name(), graph.stage(), graph.inputs(), nodes, outputs);
    }
}
