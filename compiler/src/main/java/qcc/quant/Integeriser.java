package qcc.quant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.model.QuantizeSettings;
import qcc.ops.IntegerOperation;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.Lowering;
import qcc.ops.OverflowException;
import qcc.ops.QuantizationException;
import qcc.tensor.Shape;

/** Replaces every real-valued layer of a CALIBRATED graph by integer operations. */
public final class Integeriser {
    private final Graph graph;
    private final QuantizeSettings settings;
    private final Diagnostics diagnostics = new Diagnostics();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, Value> values = new HashMap<>();
    private int nextId;

    private Integeriser(Graph graph, QuantizeSettings settings) {
        this.graph = graph;
        this.settings = settings;
        graph.inputs().forEach(input -> values.put(input.value().id(), input.value()));
        this.nextId = graph.inputs().stream().mapToInt(input -> input.value().id()).max().orElse(-1) + 1;
    }

    /** The INTEGER graph; layers that cannot be quantised are reported together. */
    public static Graph run(Graph graph, QuantizeSettings settings) {
        return new Integeriser(graph, settings).run();
    }

    /** What a layer's quantisation rule sees, without a place to emit to: for simulating quantisation. */
    static Lowering view(Node node, QuantizeSettings settings) {
        return new NodeLowering(node, node.inputs(), settings.scheme().with(((Layer<?>) node.operation()).options()),
                null);
    }

    private Graph run() {
        for (Node node : graph.nodes()) {
            lower(node);
        }
        diagnostics.throwIfErrors();
        List<Output> outputs = graph.outputs().stream()
                .map(o -> new Output(o.name(), values.get(o.value().id()), o.span())).toList();
        return new Graph(graph.name(), Stage.INTEGER, graph.inputs(), nodes, outputs);
    }

    private void lower(Node node) {
        Layer<?> layer = (Layer<?>) node.operation();
        List<Value> inputs = node.inputs().stream().map(input -> values.get(input.id())).toList();
        LayerScheme scheme = settings.scheme().with(layer.options());
        int first = nodes.size();
        try {
            values.put(node.output().id(), lower(layer, new NodeLowering(node, inputs, scheme, this)));
            for (Node added : nodes.subList(first, nodes.size())) {
                ((IntegerOperation) added.operation()).proveAccumulators();
            }
        } catch (OverflowException e) {
            diagnostics.report(Diagnostic.of(Code.E501, node.span(), "layer `" + node.name() + "`: " + e.getMessage())
                    .help("use smaller or fewer weights, or split the layer"));
        } catch (QuantizationException e) {
            diagnostics.report(Diagnostic.of(Code.E502, node.span(), "layer `" + node.name() + "`: " + e.getMessage())
                    .help(e.help()));
        }
        values.putIfAbsent(node.output().id(), node.output());
    }

    private static <A extends Record> Value lower(Layer<A> layer, Lowering lowering) {
        return layer.operator().lower(layer, lowering);
    }

    private Value emit(String name, Node origin, IntegerOperation operation, List<Value> inputs, Shape shape,
            Quantization quantization) {
        Value output = Value.real(nextId++, name, shape).withQuantization(quantization);
        nodes.add(new Node(name, operation, inputs, output, origin.span()));
        return output;
    }

    /** The lowering of one layer. */
    private record NodeLowering(Node node, List<Value> inputs, LayerScheme scheme, Integeriser target)
            implements Lowering {

        @Override
        public Quantization output() {
            return node.output().quantized();
        }

        @Override
        public Value emit(IntegerOperation operation, List<Value> arguments, Shape shape, Quantization quantization) {
            return target.emit(node.name(), node, operation, arguments, shape, quantization);
        }

        @Override
        public Value emitHelper(String role, IntegerOperation operation, List<Value> arguments, Shape shape,
                Quantization quantization) {
            return target.emit(target.freeName(node.name() + "." + role), node, operation, arguments, shape,
                    quantization);
        }
    }

    private String freeName(String wanted) {
        String name = wanted;
        for (int i = 2; isTaken(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private boolean isTaken(String name) {
        return nodes.stream().anyMatch(node -> node.name().equals(name));
    }
}
