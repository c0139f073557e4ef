package qcc.quant;

import java.util.List;
import qcc.interpreter.Evaluation;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Quantization;
import qcc.model.QuantizeSettings;
import qcc.ops.Layer;
import qcc.tensor.FloatTensor;

/**
 * Quantisation simulated in reals ("fake quantisation"): weights and every activation are rounded to the values that
 * their integers can express, all else is computed in floating point.
 */
public final class Simulation {
    private final Graph graph;

    /** Prepares the simulation of a CALIBRATED graph. */
    public Simulation(Graph calibrated, QuantizeSettings settings) {
        this.graph = calibrated.withNodes(calibrated.nodes().stream()
                .map(node -> node.withOperation(simulated(node, settings))).toList());
    }

    /** The CALIBRATED graph with the weights that the integers express. */
    public Graph graph() {
        return graph;
    }

    /** A layer with the weights that the integers express. */
    static Layer<?> simulated(Node node, QuantizeSettings settings) {
        return simulated((Layer<?>) node.operation(), node, settings);
    }

    private static <A extends Record> Layer<A> simulated(Layer<A> layer, Node node, QuantizeSettings settings) {
        return layer.operator().simulate(layer, Integeriser.view(node, settings));
    }

    public Evaluation<FloatTensor> run(List<FloatTensor> inputs) {
        return FloatInterpreter.run(graph, inputs,
                (value, tensor) -> value.quantization().map(q -> rounded(q, tensor)).orElse(tensor));
    }

    /** The nearest numbers that integers express. */
    static FloatTensor rounded(Quantization quantization, FloatTensor tensor) {
        FloatTensor result = tensor.copy();
        for (int i = 0; i < result.size(); i++) {
            result.set(i, quantization.dequantize(quantization.quantize(result.get(i))));
        }
        return result;
    }
}
