package qcc.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.model.QuantizeSettings;
import qcc.ops.Layer;
import qcc.ops.WeightedOperator;

/** Gives every value of a TYPED graph the quantisation that its integers will have, and the layers their integers. */
public final class Calibrator {
    private final Graph graph;
    private final QuantizeSettings settings;
    private final Map<Integer, Quantization> quantizations;

    private Calibrator(Graph graph, QuantizeSettings settings, Map<Integer, Quantization> quantizations) {
        this.graph = graph;
        this.settings = settings;
        this.quantizations = quantizations;
    }

    /** The CALIBRATED graph. */
    public static Graph run(Graph graph, QuantizeSettings settings, Samples samples) {
        return run(graph, settings, Ranges.observe(graph, samples));
    }

    /** The same for what samples have shown before. */
    static Graph run(Graph graph, QuantizeSettings settings, Observations observations) {
        return new Calibrator(graph, settings, ActivationChoice.of(graph, settings, observations)).run();
    }

    private Graph run() {
        List<Input> inputs = new ArrayList<>();
        for (Input input : graph.inputs()) {
            inputs.add(new Input(quantized(input.value()), input.range(), input.span()));
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            List<Value> arguments = node.inputs().stream().map(this::quantized).toList();
            Value output = quantized(node.output());
            nodes.add(new Node(node.name(), withIntegers((Layer<?>) node.operation(), arguments, output), arguments,
                    output, node.span()));
        }
        List<Output> outputs = graph.outputs().stream()
                .map(o -> new Output(o.name(), quantized(o.value()), o.span())).toList();
        return new Graph(graph.name(), Stage.CALIBRATED, inputs, nodes, outputs);
    }

    private Value quantized(Value value) {
        return value.withQuantization(quantizations.get(value.id()));
    }

    /** Weights and biases are rounded to the nearest integers; later passes may round them better. */
    private <A extends Record> Layer<A> withIntegers(Layer<A> layer, List<Value> inputs, Value output) {
        return layer.operator() instanceof WeightedOperator<A> operator
                ? layer.withQuantized(operator.quantize(layer, inputs.get(0).quantized(), output.quantized(),
                        settings.scheme().with(layer.options()))) : layer;
    }
}
