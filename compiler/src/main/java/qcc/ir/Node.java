package qcc.ir;

import java.util.List;
import qcc.diagnostics.Span;

/**
 * One layer of a graph.
 *
 * @param name      unique within the graph; what reports call the layer
 * @param operation what it computes
 * @param inputs    the values it reads
 * @param output    the value it defines
 * @param span      the model text it comes from
 */
public record Node(String name, Operation operation, List<Value> inputs, Value output, Span span) {
    public Node {
        inputs = List.copyOf(inputs);
    }

    public Node withOperation(Operation other) {
        return new Node(name, other, inputs, output, span);
    }
}
