package qcc.quant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.model.QuantizeSettings;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.Pad;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;

/**
 * Cross-layer equalisation (Nagel et al., Data-Free Quantization Through Weight Equalization and Bias Correction, 2019,
 * section 4.1): where a weighted layer feeds another, through nothing but operators that scale with their input, every
 * channel c between them may be divided by s[c] in the one and multiplied by it in the other. Channels that are small
 * beside others would get few of the 256 levels; s is chosen so that no channel is small in the tensor between the
 * layers, nor its weights in the layer that reads it.
 *
 * <p>The range of the tensor takes the place that the first layer's weights have in the paper where weights have a scale
 * for each channel: they do not mind a factor. For the same reason a depthwise layer minds no factor on its inputs.
 *
 * <p>Then high biases are absorbed (section 4.1.3): a channel that is never below some a > 0 need not carry it. It is
 * taken from the first layer's bias, and what it contributes is added to the second one's.
 */
public final class Equalisation {
    /**
     * Factors beyond this would be for channels that are as good as dead: their weights would not be small in the second
     * layer, but so large in the first that its sums leave 32 bits.
     */
    private static final double MOST = 1 << 8;
    /** Rounds over all pairs; a chain of layers settles in a few. */
    private static final int ROUNDS = 4;
    /** What samples showed to be the least value is missed by others by this share of the range, at most. */
    private static final double MARGIN = 0.25;
    /** A channel that is nearly constant keeps enough of it for a range that integers can express. */
    private static final double MOST_ABSORBED = 0.75;
    /** A normally distributed value lies above its mean less this many deviations, nearly always. */
    private static final double DEVIATIONS = 3;

    private final QuantizeSettings settings;
    private final Graph graph;
    private final Map<Integer, List<Node>> readers;
    private final Map<Integer, List<Interval>> ranges;
    private final Map<String, Layer<?>> layers = new HashMap<>();
    /** The factors of each first layer so far, for each channel. */
    private final Map<String, double[]> totals = new HashMap<>();

    private Equalisation(Graph graph, QuantizeSettings settings, Map<Integer, List<Interval>> ranges) {
        this.graph = graph;
        this.settings = settings;
        this.readers = graph.consumers();
        this.ranges = new HashMap<>(ranges);
        graph.nodes().forEach(node -> layers.put(node.name(), (Layer<?>) node.operation()));
    }

    /** The TYPED graph with equalised layers, if the settings ask for them; it computes the same reals. */
    public static Graph run(Graph graph, QuantizeSettings settings, Samples samples) {
        if (!settings.methods().equalise()) {
            return graph;
        }
        Equalisation pass = new Equalisation(graph, settings, Ranges.channels(graph, samples));
        List<Pair> pairs = pass.pairs();
        for (int round = 0; round < ROUNDS; round++) {
            pairs.forEach(pass::equalise);
        }
        pairs.forEach(pass::absorb);
        return graph.withNodes(graph.nodes().stream()
                .map(node -> node.withOperation(pass.layers.get(node.name()))).toList());
    }

    /**
     * Two weighted layers between which only operators that scale with their input stand.
     *
     * @param isPadded whether zeros are added to the image on its way, or at the borders of the second layer
     */
    private record Pair(Node first, Node second, boolean isPadded) {
    }

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (Node first : graph.nodes()) {
            Layer<?> layer = layers.get(first.name());
            if (!(layer.operator() instanceof WeightedOperator<?>) || !isPositivelyHomogeneous(layer.clamp())) {
                continue;
            }
            boolean isPadded = false;
            Node node = onlyReader(first.output());
            while (node != null && isTransparent(node)) {
                isPadded |= layers.get(node.name()).operator() instanceof Pad;
                node = onlyReader(node.output());
            }
            if (node != null && isWeighted(node) && fits(first, node)) {
                pairs.add(new Pair(first, node, isPadded || isPadded(layers.get(node.name()), node)));
            }
        }
        return pairs;
    }

    private static boolean isPositivelyHomogeneous(Interval clamp) {
        return (clamp.low() == 0 || clamp.low() == Double.NEGATIVE_INFINITY)
                && (clamp.high() == 0 || clamp.high() == Double.POSITIVE_INFINITY);
    }

    private Node onlyReader(Value value) {
        List<Node> all = readers.getOrDefault(value.id(), List.of());
        return all.size() == 1 && !graph.isOutput(value) ? all.get(0) : null;
    }

    private boolean isTransparent(Node node) {
        Layer<?> layer = layers.get(node.name());
        return layer.operator().scalesWithInput() && isPositivelyHomogeneous(layer.clamp());
    }

    private boolean isWeighted(Node node) {
        return layers.get(node.name()).operator() instanceof WeightedOperator<?>;
    }

    /** A reshape between the layers must not have mixed the channels. */
    private boolean fits(Node first, Node second) {
        int inputs = inputs(layers.get(second.name())).length;
        return inputs % first.output().shape().last() == 0;
    }

    private static <A extends Record> boolean isPadded(Layer<A> layer, Node node) {
        return ((WeightedOperator<A>) layer.operator()).isPadded(layer.attributes(), node.inputs().get(0).shape());
    }

    private void equalise(Pair pair) {
        Layer<?> first = layers.get(pair.first().name());
        Layer<?> second = layers.get(pair.second().name());
        List<Interval> tensor = ranges.get(pair.first().output().id());
        double[] between = scheme(first).perChannel() ? magnitudes(tensor) : outputs(first);
        double[] weights = folded(inputs(second), between.length);
        double[] factor = new double[between.length];
        for (int c = 0; c < factor.length; c++) {
            factor[c] = between[c] > 0 && weights[c] > 0 ? Math.sqrt(between[c] / weights[c]) : 0;
        }
        normalise(factor, magnitudes(tensor));
        double[] total = totals.computeIfAbsent(pair.first().name(), name -> ones(factor.length));
        for (int c = 0; c < factor.length; c++) {
            double bounded = Math.max(1 / MOST, Math.min(MOST, total[c] * factor[c]));
            factor[c] = bounded / total[c];
            total[c] = bounded;
        }
        scale(pair, factor);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Keeps the largest value of the tensor as it is, and channels without any. */
    private static void normalise(double[] factor, double[] magnitudes) {
        double before = 0;
        double after = 0;
        for (int c = 0; c < factor.length; c++) {
            before = Math.max(before, magnitudes[c]);
            after = factor[c] > 0 ? Math.max(after, magnitudes[c] / factor[c]) : after;
        }
        for (int c = 0; c < factor.length; c++) {
            double relative = after > 0 && before > 0 ? factor[c] * after / before : 0;
            factor[c] = relative > 0 ? relative : 1;
        }
    }

    private void scale(Pair pair, double[] factor) {
        double[] inverse = new double[factor.length];
        for (int c = 0; c < factor.length; c++) {
            inverse[c] = 1 / factor[c];
        }
        layers.computeIfPresent(pair.first().name(), (name, layer) -> outputsTimes(layer, inverse));
        layers.computeIfPresent(pair.second().name(), (name, layer) -> inputsTimes(layer, factor));
        ranges.computeIfPresent(pair.first().output().id(), (id, old) -> {
            List<Interval> scaled = new ArrayList<>();
            for (int c = 0; c < factor.length; c++) {
                scaled.add(new Interval(old.get(c).low() * inverse[c], old.get(c).high() * inverse[c]));
            }
            return scaled;
        });
    }

    private void absorb(Pair pair) {
        Layer<?> first = layers.get(pair.first().name());
        if (pair.isPadded() || first.clamp().isAll()) {
            return;
        }
        double[] surplus = new double[pair.first().output().shape().last()];
        boolean any = false;
        for (int c = 0; c < surplus.length; c++) {
            int channel = c;
            Interval range = ranges.get(pair.first().output().id()).get(c);
            double observed = range.low() - MARGIN * (range.high() - range.low());
            double least = first.statistics().map(s -> Math.min(observed,
                    s.mean().get(channel) - DEVIATIONS * s.deviation().get(channel))).orElse(observed);
            surplus[c] = Math.max(0, Math.min(least, MOST_ABSORBED * range.high()));
            any |= surplus[c] > 0;
        }
        if (any) {
            layers.put(pair.first().name(), outputsPlus(first, negated(surplus)));
            layers.computeIfPresent(pair.second().name(), (name, layer) -> withConstantInput(layer, surplus));
        }
    }

    private static double[] negated(double[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = -values[i];
        }
        return result;
    }

    private LayerScheme scheme(Layer<?> layer) {
        return settings.scheme().with(layer.options());
    }

    private static double[] magnitudes(List<Interval> ranges) {
        return ranges.stream().mapToDouble(range -> Math.max(-range.low(), range.high())).toArray();
    }

    /** The largest weight of each output channel. */
    private static <A extends Record> double[] outputs(Layer<A> layer) {
        FloatTensor weight = layer.parameter(WeightedOperator.WEIGHT);
        double[] largest = new double[channels(layer)];
        for (int i = 0; i < weight.size(); i++) {
            int o = i % largest.length;
            largest[o] = Math.max(largest[o], Math.abs(weight.get(i)));
        }
        return largest;
    }

    private static <A extends Record> int channels(Layer<A> layer) {
        return ((WeightedOperator<A>) layer.operator()).channels(layer.attributes(),
                layer.parameter(WeightedOperator.WEIGHT).shape());
    }

    /** For each input, its largest weight, as a share of the largest one that has the same scale. */
    private <A extends Record> double[] inputs(Layer<A> layer) {
        WeightedOperator<A> operator = (WeightedOperator<A>) layer.operator();
        FloatTensor weight = layer.parameter(WeightedOperator.WEIGHT);
        double[] reference = outputs(layer);
        double all = Arrays.stream(reference).max().orElse(0);
        List<Double> largest = new ArrayList<>();
        for (int i = 0; i < weight.size(); i++) {
            int input = operator.inputOf(layer.attributes(), weight.shape(), i);
            while (largest.size() <= input) {
                largest.add(0.0);
            }
            double whole = scheme(layer).perChannel() ? reference[i % reference.length] : all;
            double share = whole == 0 ? 0 : Math.abs(weight.get(i)) / whole;
            largest.set(input, Math.max(largest.get(input), share));
        }
        return largest.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The largest of all entries that belong to one channel. */
    private static double[] folded(double[] values, int channels) {
        double[] result = new double[channels];
        for (int i = 0; i < values.length; i++) {
            result[i % channels] = Math.max(result[i % channels], values[i]);
        }
        return result;
    }

    private static <A extends Record> Layer<A> outputsTimes(Layer<A> layer, double[] factor) {
        Layer<A> scaled = ((WeightedOperator<A>) layer.operator()).scaleOutputs(layer, factor,
                new double[factor.length]);
        return layer.statistics().map(s -> scaled.withStatistics(s.times(factor))).orElse(scaled);
    }

    private static <A extends Record> Layer<A> inputsTimes(Layer<A> layer, double[] factor) {
        return ((WeightedOperator<A>) layer.operator()).scaleInputs(layer, factor);
    }

    private static <A extends Record> Layer<A> outputsPlus(Layer<A> layer, double[] offset) {
        Layer<A> moved = ((WeightedOperator<A>) layer.operator()).scaleOutputs(layer, ones(offset.length), offset);
        return layer.statistics().map(s -> moved.withStatistics(s.plus(offset))).orElse(moved);
    }

    /** The layer that computes the same for inputs from which a constant was taken, for each channel. */
    private static <A extends Record> Layer<A> withConstantInput(Layer<A> layer, double[] constant) {
        WeightedOperator<A> operator = (WeightedOperator<A>) layer.operator();
        FloatTensor weight = layer.parameter(WeightedOperator.WEIGHT);
        double[] offset = new double[channels(layer)];
        for (int i = 0; i < weight.size(); i++) {
            int input = operator.inputOf(layer.attributes(), weight.shape(), i);
            offset[i % offset.length] += (double) weight.get(i) * constant[input % constant.length];
        }
        Layer<A> moved = operator.scaleOutputs(layer, ones(offset.length), offset);
        // Its results are what they were; so are their statistics.
        return layer.statistics().map(moved::withStatistics).orElse(moved);
    }
}
