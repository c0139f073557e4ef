package qcc.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Operation;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.tensor.Shape;

/** Collects the inputs, nodes and outputs of a TYPED or INTEGER graph. */
final class GraphBuilder {
    /** Larger networks do not fit any microcontroller; the limit keeps repetition finite. */
    static final int MAX_NODES = 10_000;

    private final List<Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private int nextId;

    Value input(String name, Shape shape, Optional<Quantization> quantization, Optional<Interval> range, Span span) {
        Value value = new Value(nextId++, name, shape, quantization);
        inputs.add(new Input(value, range, span));
        return value;
    }

    Value add(String name, Operation operation, List<Value> arguments, Shape shape,
            Optional<Quantization> quantization, Span span) {
        Value value = new Value(nextId++, name, shape, quantization);
        nodes.add(new Node(name, operation, arguments, value, span));
        return value;
    }

    boolean isFull() {
        return nodes.size() >= MAX_NODES;
    }

    Graph build(String name, Stage stage, List<Output> outputs) {
        return new Graph(name, stage, inputs, nodes, outputs);
    }
}
