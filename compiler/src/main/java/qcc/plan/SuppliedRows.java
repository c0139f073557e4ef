package qcc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.NoAttributes;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * Where an input comes from that is not there before a run: the application supplies its rows while the network computes.
 * To the planner this is a node without inputs, which belongs to the stream of the layers that read it.
 *
 * @param shape of the input, [height, width, channels]
 */
public record SuppliedRows(Shape shape) implements IntegerOperation {

    /** The graph in which every input that is an image comes from such a node, right before its first reader. */
    public static Graph of(Graph graph) {
        Set<Integer> read = graph.consumers().keySet();
        Set<Value> waiting = graph.inputs().stream().map(Input::value)
                .filter(value -> hasRows(value) && read.contains(value.id())).collect(Collectors.toSet());
        List<Input> whole = graph.inputs().stream().filter(input -> !waiting.contains(input.value())).toList();
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            node.inputs().stream().filter(waiting::remove).forEach(value -> nodes.add(new Node(value.name(),
                    new SuppliedRows(value.shape()), List.of(), value, node.span())));
            nodes.add(node);
        }
        return new Graph(graph.name(), graph.stage(), whole, nodes, graph.outputs());
    }

    /** True for values that an application could supply row by row: images. */
    public static boolean hasRows(Value value) {
        return value.shape().rank() == 3;
    }

    /** True for the nodes that stand for an input. */
    public static boolean isSupply(Node node) {
        return node.operation() instanceof SuppliedRows;
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        throw new UnsupportedOperationException("the rows are the application's");
    }

    @Override
    public Record geometry() {
        return new NoAttributes();
    }

    @Override
    public String mnemonic() {
        return "supplied_rows";
    }

    @Override
    public String describe() {
        return "";
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return shape;
    }
}
