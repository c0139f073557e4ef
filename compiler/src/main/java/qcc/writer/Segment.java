package qcc.writer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * Consecutive nodes that read one tensor from outside and give one: what a block can hold.
 *
 * @param start the first node's index
 * @param nodes in the order of the graph
 * @param texts of the nodes
 * @param entry the tensor from outside
 */
record Segment(int start, List<Node> nodes, List<LayerText> texts, Value entry) {

    /** The segment of the given nodes, if it is one. */
    static Optional<Segment> of(Uses uses, int start, int length) {
        List<Node> nodes = uses.graph().nodes().subList(start, start + length);
        Set<Integer> inside = new HashSet<>();
        Value entry = null;
        for (Node node : nodes) {
            for (Value input : node.inputs()) {
                if (inside.contains(input.id())) {
                    continue;
                }
                if (entry != null && entry.id() != input.id()) {
                    return Optional.empty();
                }
                entry = input;
            }
            inside.add(node.output().id());
        }
        for (Node node : nodes.subList(0, length - 1)) {
            if (uses.lastReader(node.output()) >= start + length) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(entry).map(value -> new Segment(start, nodes, uses.texts().subList(start, start + length),
                value));
    }

    Value output() {
        return nodes.get(nodes.size() - 1).output();
    }

    int end() {
        return start + nodes.size();
    }

    /** True when the other segment applies the same operators in the same way; their arguments may differ. */
    boolean isLike(Segment other) {
        if (nodes.size() != other.nodes.size()) {
            return false;
        }
        Map<Integer, Integer> counterparts = new HashMap<>(Map.of(entry.id(), other.entry.id()));
        for (int i = 0; i < nodes.size(); i++) {
            Node ours = nodes.get(i);
            Node theirs = other.nodes.get(i);
            boolean sameInputs = ours.inputs().stream().map(input -> counterparts.get(input.id())).toList()
                    .equals(theirs.inputs().stream().map(Value::id).toList());
            if (!sameInputs || !texts.get(i).operator().equals(other.texts.get(i).operator())) {
                return false;
            }
            counterparts.put(ours.output().id(), theirs.output().id());
        }
        return true;
    }
}
