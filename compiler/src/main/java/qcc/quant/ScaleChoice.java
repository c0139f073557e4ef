package qcc.quant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import qcc.interpreter.Evaluation;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.model.QuantizeSettings;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.Rounding;
import qcc.ops.Scales;
import qcc.tensor.FloatTensor;

/**
 * Chooses for each layer whether its scales are powers of two or dyadic ({@code scales auto}): powers of two, but for the
 * layers where they would cost more than a stated part of the accuracy. The network's results are simulated with all
 * scales dyadic, and may have so many decibels more noise. One after the other, layers get powers of two as long as that
 * holds, those first that gain least from a dyadic scale when all others have powers of two.
 */
public final class ScaleChoice {
    /** That are simulated; ranges come from all. */
    private static final int MOST_SAMPLES = 24;

    private final Graph graph;
    private final QuantizeSettings settings;
    private final Samples samples;
    private final Observations observations;
    private final List<Value> compared;
    private final List<List<FloatTensor>> truth;

    private ScaleChoice(Graph graph, QuantizeSettings settings, Samples all) {
        this.graph = graph;
        this.settings = settings;
        this.samples = all.first(MOST_SAMPLES);
        this.observations = Ranges.observe(graph, all);
        this.compared = Results.compared(graph);
        this.truth = samples.all().parallelStream().map(sample -> results(FloatInterpreter.run(graph, sample)))
                .toList();
    }

    /** The TYPED graph in which each layer says what scales it has, if the settings leave that open. */
    public static Graph run(Graph graph, QuantizeSettings settings, Samples samples, Work work) {
        if (settings.scaleLoss().isEmpty()) {
            return graph;
        }
        work.step("choosing the scales of each layer");
        return new ScaleChoice(graph, settings, samples).choose(settings.scaleLoss().getAsDouble());
    }

    private Graph choose(double decibels) {
        List<String> open = graph.nodes().stream().filter(this::isOpen).map(Node::name).toList();
        double limit = noise(new HashSet<>(open)) * StrictMath.pow(10, decibels / 10);
        double most = noise(Set.of());
        if (most <= limit) {
            return graph; // Powers of two cost nothing.
        }
        Map<String, Double> alone = new HashMap<>();
        open.forEach(layer -> alone.put(layer, noise(Set.of(layer))));
        Set<String> dyadic = new HashSet<>(open);
        // Those first that gain least from dyadic scales; equal ones in the order of execution.
        for (String layer : open.stream().sorted(Comparator.comparing(alone::get, Comparator.reverseOrder())).toList()) {
            dyadic.remove(layer);
            if (noise(dyadic) > limit) {
                dyadic.add(layer);
            }
        }
        return with(dyadic);
    }

    /** Layers that say nothing themselves, and whose rounding a multiplication can do. */
    private boolean isOpen(Node node) {
        Layer<?> layer = (Layer<?>) node.operation();
        LayerScheme scheme = settings.scheme().with(layer.options());
        return layer.options().scales().isEmpty() && scheme.rounding() == Rounding.HALF_UP
                && Results.hasOwnScale(layer);
    }

    private Graph with(Set<String> dyadic) {
        return graph.withNodes(graph.nodes().stream().map(node -> dyadic.contains(node.name())
                ? node.withOperation(dyadic((Layer<?>) node.operation())) : node).toList());
    }

    private static <A extends Record> Layer<A> dyadic(Layer<A> layer) {
        return layer.withOptions(layer.options().withScales(Scales.DYADIC));
    }

    /** The squared error of the results over the samples, with biases corrected if the settings say so. */
    private double noise(Set<String> dyadic) {
        Graph nearest = Calibrator.run(with(dyadic), settings, observations);
        Simulation simulation = new Simulation(BiasCorrection.run(nearest, settings, samples), settings);
        List<Double> parts = IntStream.range(0, samples.size()).parallel().mapToObj(i -> distance(truth.get(i),
                results(simulation.run(samples.all().get(i))))).toList();
        return parts.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** What a run gives for the compared values, which keep their ids. */
    private List<FloatTensor> results(Evaluation<FloatTensor> run) {
        List<FloatTensor> results = new ArrayList<>();
        compared.forEach(value -> results.add(run.of(value)));
        return results;
    }

    private static double distance(List<FloatTensor> truth, List<FloatTensor> results) {
        double sum = 0;
        for (int output = 0; output < truth.size(); output++) {
            for (int i = 0; i < truth.get(output).size(); i++) {
                double difference = truth.get(output).get(i) - results.get(output).get(i);
                sum += difference * difference;
            }
        }
        return sum;
    }
}
