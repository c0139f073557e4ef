package qcc.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network: nodes in topological order.
 *
 * @param name    the model's name
 * @param stage   what the nodes hold
 * @param inputs  in the order of the model's head
 * @param nodes   every node reads inputs or values of earlier nodes
 * @param outputs in the order of the model's head
 */
public record Graph(String name, Stage stage, List<Input> inputs, List<Node> nodes, List<Output> outputs) {
    public Graph {
        inputs = List.copyOf(inputs);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
    }

    public Graph withNodes(List<Node> others) {
        return new Graph(name, stage, inputs, others, outputs);
    }

    /** All values: the inputs, then one for each node. */
    public List<Value> values() {
        return Stream.concat(inputs.stream().map(Input::value), nodes.stream().map(Node::output)).toList();
    }

    /** The nodes that read each value, by the value's id; values that nobody reads are absent. */
    public Map<Integer, List<Node>> consumers() {
        Map<Integer, List<Node>> consumers = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (Value input : node.inputs()) {
                List<Node> readers = consumers.computeIfAbsent(input.id(), id -> new ArrayList<>());
                if (!readers.contains(node)) {
                    readers.add(node);
                }
            }
        }
        return consumers;
    }

    /** True when the value leaves the network. */
    public boolean isOutput(Value value) {
        return outputs.stream().anyMatch(output -> output.value().id() == value.id());
    }
}
