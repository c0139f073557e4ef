package qcc.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * The tensors of one run of a graph.
 *
 * @param <T> the kind of tensor
 */
public final class Evaluation<T> {
    private final Graph graph;
    private final Map<Integer, T> tensors = new HashMap<>();

    /** Runs the nodes in order; {@code semantics} computes a node's result from its inputs. */
    Evaluation(Graph graph, List<T> inputs, BiFunction<Node, List<T>, T> semantics) {
        this.graph = graph;
        for (int i = 0; i < inputs.size(); i++) {
            tensors.put(graph.inputs().get(i).value().id(), inputs.get(i));
        }
        for (Node node : graph.nodes()) {
            List<T> arguments = new ArrayList<>();
            for (Value input : node.inputs()) {
                arguments.add(of(input));
            }
            tensors.put(node.output().id(), semantics.apply(node, arguments));
        }
    }

    /** The tensor of a value. */
    public T of(Value value) {
        T tensor = tensors.get(value.id());
        if (tensor == null) {
            throw new IllegalStateException("value " + value + " has not been computed");
        }
        return tensor;
    }

    /** The outputs, in the order of the model's head. */
    public List<T> outputs() {
        return graph.outputs().stream().map(output -> of(output.value())).toList();
    }
}
