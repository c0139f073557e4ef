package qcc.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.tensor.Shape;

/** Collects the inputs, nodes and outputs of a TYPED graph. */
final class GraphBuilder {
    /** Larger networks do not fit any microcontroller; the limit keeps repetition finite. */
    static final int MAX_NODES = 10_000;

    private final List<Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private int nextId;

    Value input(String name, Shape shape, Optional<Interval> range, Span span) {
        Value value = Value.real(nextId++, name, shape);
        inputs.add(new Input(value, range, span));
        return value;
    }

    Value add(String name, Layer<?> layer, List<Value> arguments, Shape shape, Span span) {
        Value value = Value.real(nextId++, name, shape);
        nodes.add(new Node(name, layer, arguments, value, span));
        return value;
    }

    boolean isFull() {
        return nodes.size() >= MAX_NODES;
    }

    Graph build(String name, List<Output> outputs) {
        return new Graph(name, Stage.TYPED, inputs, nodes, outputs);
    }
}
