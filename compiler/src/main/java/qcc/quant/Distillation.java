package qcc.quant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ops.Layer;
import qcc.ops.OutputStatistics;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * Makes up samples of which the layers' results have the means and deviations that batch normalisation saw in training
 * (Cai et al., ZeroQ: A Novel Zero Shot Quantization Framework, 2020, section 3.1): beginning at smoothed noise, all
 * samples follow the gradient of {@code sum ((mean - mean')^2 + (deviation - deviation')^2) / deviation^2} over the
 * channels of all layers with statistics, by Adam, within the declared range of each input.
 */
public final class Distillation {
    private static final int STEPS = 120;
    /** The first step's size, as a share of the range; the last one is zero. */
    private static final double RATE = 0.04;
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.99;
    /** Channels that hardly vary would drown all others. */
    private static final double LEAST_DEVIATION = 1e-3;
    private static final Interval DEFAULT_RANGE = new Interval(-2, 2);

    private final Graph graph;
    private final List<List<FloatTensor>> samples = new ArrayList<>();
    private final List<List<double[]>> first = new ArrayList<>();
    private final List<List<double[]>> second = new ArrayList<>();

    private Distillation(Graph graph, long seed, int count) {
        this.graph = graph;
        Random random = new Random(seed);
        for (int s = 0; s < count; s++) {
            List<FloatTensor> sample = graph.inputs().stream()
                    .map(input -> noise(input.value().shape(), range(input), random)).toList();
            samples.add(sample);
            first.add(sample.stream().map(t -> new double[t.size()]).toList());
            second.add(sample.stream().map(t -> new double[t.size()]).toList());
        }
    }

    /** True when there is something to distil from. */
    public static boolean isPossible(Graph graph) {
        return graph.nodes().stream().anyMatch(node -> ((Layer<?>) node.operation()).statistics().isPresent());
    }

    /**
     * Samples for a TYPED graph whose batch normalisations have been folded. Without any statistics they stay the
     * smoothed noise that they begin with.
     *
     * @param span the place that asks for them
     */
    public static Samples run(Graph graph, long seed, int count, Span span, Work work) {
        Samples.requireSpace(graph, count, span);
        Distillation distillation = new Distillation(graph, seed, count);
        if (isPossible(graph)) {
            for (int step = 0; step < STEPS; step++) {
                work.step("making up samples, step " + (step + 1) + " of " + STEPS);
                distillation.step(step);
            }
        }
        return new Samples(distillation.samples);
    }

    private static Interval range(Input input) {
        return input.range().orElse(DEFAULT_RANGE);
    }

    /** Noise whose neighbours along both axes of an image are alike. */
    private static FloatTensor noise(Shape shape, Interval range, Random random) {
        int width = shape.rank() == 3 ? shape.dim(1) : 1;
        int depth = shape.rank() == 3 ? shape.dim(2) : 1;
        double centre = (range.low() + range.high()) / 2;
        double reach = (range.high() - range.low()) / 2;
        double[] values = random.doubles(shape.size(), -1, 1).toArray();
        for (int i = depth; i < values.length; i++) {
            boolean isFirstOfRow = i / depth % width == 0;
            values[i] = 0.5 * values[i] + (isFirstOfRow ? 0 : 0.5 * values[i - depth]);
            values[i] += i >= width * depth ? 0.5 * (values[i - width * depth] - values[i]) : 0;
        }
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < values.length; i++) {
            tensor.set(i, range.clamp(centre + 1.5 * reach * values[i]));
        }
        return tensor;
    }

    private void step(int step) {
        List<Map<Integer, FloatTensor>> results = forEachSample(this::forward);
        Map<Integer, Target> targets = new HashMap<>();
        for (Node node : graph.nodes()) {
            ((Layer<?>) node.operation()).statistics().ifPresent(statistics -> targets.put(node.output().id(),
                    new Target(statistics, results.stream().map(run -> run.get(node.output().id())).toList())));
        }
        IntStream.range(0, samples.size()).parallel().forEach(s -> descend(s, step,
                backward(samples.get(s), results.get(s), targets)));
    }

    private <T> List<T> forEachSample(Function<List<FloatTensor>, T> function) {
        return samples.parallelStream().map(function).toList();
    }

    /** The results of all layers before their clamps, and the inputs, by id. */
    private Map<Integer, FloatTensor> forward(List<FloatTensor> sample) {
        Map<Integer, FloatTensor> results = new HashMap<>();
        for (int i = 0; i < sample.size(); i++) {
            results.put(graph.inputs().get(i).value().id(), sample.get(i));
        }
        for (Node node : graph.nodes()) {
            results.put(node.output().id(), ((Layer<?>) node.operation()).withClamp(Interval.ALL)
                    .evaluate(arguments(node, results)));
        }
        return results;
    }

    private List<FloatTensor> arguments(Node node, Map<Integer, FloatTensor> results) {
        return node.inputs().stream().map(input -> clamped(clamp(input.id()), results.get(input.id()))).toList();
    }

    private Interval clamp(int id) {
        return graph.nodes().stream().filter(node -> node.output().id() == id).findFirst()
                .map(node -> ((Layer<?>) node.operation()).clamp()).orElse(Interval.ALL);
    }

    private static FloatTensor clamped(Interval clamp, FloatTensor tensor) {
        if (clamp.isAll()) {
            return tensor;
        }
        FloatTensor result = tensor.copy();
        for (int i = 0; i < result.size(); i++) {
            result.set(i, clamp.clamp(result.get(i)));
        }
        return result;
    }

    /** The gradient of the loss by each input of a sample. */
    private List<FloatTensor> backward(List<FloatTensor> sample, Map<Integer, FloatTensor> results,
            Map<Integer, Target> targets) {
        Map<Integer, FloatTensor> gradients = new HashMap<>();
        for (int n = graph.nodes().size() - 1; n >= 0; n--) {
            Node node = graph.nodes().get(n);
            Layer<?> layer = (Layer<?>) node.operation();
            int id = node.output().id();
            FloatTensor gradient = gradients.get(id);
            if (gradient != null) {
                block(layer.clamp(), results.get(id), gradient);
            }
            if (targets.containsKey(id)) {
                gradient = gradient == null ? FloatTensor.zeros(node.output().shape()) : gradient;
                targets.get(id).addGradient(results.get(id), gradient);
            }
            if (gradient != null) {
                List<FloatTensor> parts = Derivative.of(layer, arguments(node, results), gradient);
                for (int i = 0; i < parts.size(); i++) {
                    gradients.merge(node.inputs().get(i).id(), parts.get(i), Distillation::sum);
                }
            }
        }
        return graph.inputs().stream().map(input -> gradients.getOrDefault(input.value().id(),
                FloatTensor.zeros(input.value().shape()))).toList();
    }

    /** What a clamp holds back does not change with the values beyond it. */
    private static void block(Interval clamp, FloatTensor result, FloatTensor gradient) {
        for (int i = 0; !clamp.isAll() && i < gradient.size(); i++) {
            if (result.get(i) < clamp.low() || result.get(i) > clamp.high()) {
                gradient.set(i, 0);
            }
        }
    }

    private static FloatTensor sum(FloatTensor a, FloatTensor b) {
        FloatTensor sum = a.copy();
        for (int i = 0; i < sum.size(); i++) {
            sum.set(i, (double) a.get(i) + b.get(i));
        }
        return sum;
    }

    /** A step of Adam (Kingma and Ba, 2015) with a rate that falls to zero. */
    private void descend(int sample, int step, List<FloatTensor> gradients) {
        double unbias1 = 1 - StrictMath.pow(BETA_1, step + 1);
        double unbias2 = 1 - StrictMath.pow(BETA_2, step + 1);
        for (int t = 0; t < gradients.size(); t++) {
            Interval range = range(graph.inputs().get(t));
            double rate = RATE * (range.high() - range.low()) * (1 - (double) step / STEPS);
            FloatTensor values = samples.get(sample).get(t);
            double[] mean = first.get(sample).get(t);
            double[] square = second.get(sample).get(t);
            for (int i = 0; i < values.size(); i++) {
                double gradient = gradients.get(t).get(i);
                mean[i] += (1 - BETA_1) * (gradient - mean[i]);
                square[i] += (1 - BETA_2) * (gradient * gradient - square[i]);
                double change = rate * (mean[i] / unbias1) / (Math.sqrt(square[i] / unbias2) + 1e-30);
                values.set(i, range.clamp(values.get(i) - change));
            }
        }
    }

    /** How a layer's results are distributed over all samples, beside how they should be. */
    private static final class Target {
        private final double[] slope;
        private final double[] offset;
        private final double[] mean;

        /** The gradient of channel c is {@code offset + slope * (z - mean)}. */
        Target(OutputStatistics wanted, List<FloatTensor> results) {
            int channels = wanted.channels();
            long count = (long) results.size() * results.get(0).size() / channels;
            mean = new double[channels];
            double[] square = new double[channels];
            results.forEach(tensor -> {
                for (int i = 0; i < tensor.size(); i++) {
                    mean[i % channels] += tensor.get(i) / (double) count;
                    square[i % channels] += (double) tensor.get(i) * tensor.get(i) / count;
                }
            });
            slope = new double[channels];
            offset = new double[channels];
            Arrays.setAll(slope, c -> {
                double deviation = Math.sqrt(Math.max(1e-12, square[c] - mean[c] * mean[c]));
                double unit = Math.max(LEAST_DEVIATION, wanted.deviation().get(c));
                offset[c] = 2 * (mean[c] - wanted.mean().get(c)) / (unit * unit * count);
                return 2 * (deviation - wanted.deviation().get(c)) / (unit * unit * count * deviation);
            });
        }

        void addGradient(FloatTensor results, FloatTensor gradient) {
            for (int i = 0; i < gradient.size(); i++) {
                int c = i % slope.length;
                gradient.set(i, gradient.get(i) + offset[c] + slope[c] * (results.get(i) - mean[c]));
            }
        }
    }
}
