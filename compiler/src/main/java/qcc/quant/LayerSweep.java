package qcc.quant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.model.QuantizeSettings;
import qcc.ops.Layer;
import qcc.tensor.FloatTensor;

/**
 * Visits the layers of a CALIBRATED graph in order, each with what it reads for every sample in the real network, and
 * in the quantised one as the visits so far have left it. Tensors are kept only as long as a layer to come reads them.
 */
final class LayerSweep {
    private final QuantizeSettings settings;
    private final Map<Integer, List<FloatTensor>> real = new HashMap<>();
    private final Map<Integer, List<FloatTensor>> quantized = new HashMap<>();
    private final int samples;

    private LayerSweep(QuantizeSettings settings, int samples) {
        this.settings = settings;
        this.samples = samples;
    }

    /**
     * What one layer reads: for each sample the tensors of its inputs.
     *
     * @param real      in the real network
     * @param quantized in the quantised network, as reals
     * @param results   what the layer gives for the real ones, before its clamp
     */
    record Inputs(List<List<FloatTensor>> real, List<List<FloatTensor>> quantized, List<FloatTensor> results) {
    }

    /** Gives the layer that takes a visited layer's place. */
    @FunctionalInterface
    interface Visitor {
        Layer<?> visit(Node node, Inputs inputs);
    }

    /** The graph with the layers that {@code visitor} gives. */
    static Graph run(Graph graph, QuantizeSettings settings, Samples samples, Visitor visitor) {
        LayerSweep sweep = new LayerSweep(settings, samples.size());
        for (int i = 0; i < graph.inputs().size(); i++) {
            int index = i;
            Value value = graph.inputs().get(i).value();
            List<FloatTensor> tensors = samples.all().stream().map(sample -> sample.get(index)).toList();
            sweep.real.put(value.id(), tensors);
            sweep.quantized.put(value.id(), sweep.forEachSample(s -> Simulation.rounded(value.quantized(),
                    tensors.get(s))));
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            nodes.add(sweep.visit(graph.nodes().get(i), visitor));
            sweep.forget(graph.nodes().subList(i + 1, graph.nodes().size()));
        }
        return graph.withNodes(nodes);
    }

    private Node visit(Node node, Visitor visitor) {
        Layer<?> layer = (Layer<?>) node.operation();
        List<List<FloatTensor>> arguments = forEachSample(s -> arguments(node, real, s));
        Inputs inputs = new Inputs(arguments, forEachSample(s -> arguments(node, quantized, s)),
                forEachSample(s -> layer.evaluateUnclamped(arguments.get(s))));
        Node visited = node.withOperation(visitor.visit(node, inputs));
        Layer<?> integers = Simulation.simulated(visited, settings);
        real.put(node.output().id(), forEachSample(s -> layer.clamped(inputs.results().get(s))));
        quantized.put(node.output().id(), forEachSample(s -> Simulation.rounded(node.output().quantized(),
                integers.evaluate(inputs.quantized().get(s)))));
        return visited;
    }

    private static List<FloatTensor> arguments(Node node, Map<Integer, List<FloatTensor>> tensors, int sample) {
        return node.inputs().stream().map(input -> tensors.get(input.id()).get(sample)).toList();
    }

    private void forget(List<Node> toCome) {
        List<Integer> read = toCome.stream().flatMap(node -> node.inputs().stream()).map(Value::id).toList();
        real.keySet().retainAll(read);
        quantized.keySet().retainAll(read);
    }

    private <T> List<T> forEachSample(IntFunction<T> function) {
        return IntStream.range(0, samples).parallel().mapToObj(function).toList();
    }
}
