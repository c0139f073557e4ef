package qcc.quant;

import java.util.List;
import java.util.stream.IntStream;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.model.Methods;
import qcc.model.QuantizeSettings;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.QuantizedWeights;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/**
 * AdaRound (Nagel et al., Up or Down? Adaptive Rounding for Post-Training Quantization, 2020): layer by layer, weights
 * are rounded so that the layer's results are near the real ones, which is not where each weight is nearest. The
 * objective is that of the paper's equation 20, with the inputs of the quantised network as in its section 3.3. It is
 * quadratic in the weights, so that two moments of the inputs stand for all samples; instead of relaxing the choice and
 * descending by gradient, {@link RoundingSearch} searches the integers themselves, not only the two next to a weight.
 */
public final class AdaptiveRounding {
    /** Layers with more weights for an output keep the nearest integers: the moments grow with the square. */
    private static final int MOST_WEIGHTS = 2048;

    private final QuantizeSettings settings;
    private final Methods.AdaRound effort;
    private final Work work;
    private final long deadline;
    private int kept;

    private AdaptiveRounding(QuantizeSettings settings, Methods.AdaRound effort, Work work) {
        this.settings = settings;
        this.effort = effort;
        this.work = work;
        this.deadline = System.nanoTime() + effort.seconds() * 1_000_000_000L;
    }

    /** The CALIBRATED graph with better integers, if the settings ask for them. */
    public static Graph run(Graph graph, QuantizeSettings settings, Samples samples, Work work) {
        if (settings.methods().adaRound().isEmpty()) {
            return graph;
        }
        AdaptiveRounding pass = new AdaptiveRounding(settings, settings.methods().adaRound().get(), work);
        Graph rounded = LayerSweep.run(graph, settings, samples, (node, inputs) -> pass.visit(node,
                (Layer<?>) node.operation(), inputs));
        if (pass.kept > 0) {
            work.warn(Diagnostic.of(Code.W505, graph.nodes().get(0).span(), pass.kept
                    + " layers keep the nearest weights: adaround was stopped after " + pass.effort.seconds()
                    + " seconds").help("give it more time, `adaround(seconds = " + 2L * pass.effort.seconds()
                    + ")`, or fewer samples"));
        }
        return rounded;
    }

    private <A extends Record> Layer<A> visit(Node node, Layer<A> layer, LayerSweep.Inputs inputs) {
        if (!(layer.operator() instanceof WeightedOperator<A> operator)) {
            return layer;
        }
        QuantizedWeights nearest = layer.quantized().orElseThrow();
        if (nearest.weights().size() / nearest.scales().size() > MOST_WEIGHTS) {
            return layer;
        }
        if (System.nanoTime() > deadline) {
            kept++;
            return layer;
        }
        work.step("rounding layer " + node.name());
        List<FloatTensor> read = inputs.quantized().stream().map(tensors -> tensors.get(0)).toList();
        IntTensor weights = nearest.weights().select(IntStream.range(0, nearest.weights().size()).toArray())
                .reshape(nearest.weights().shape());
        Long[] bias = nearest.bias().toArray(Long[]::new);
        double inScale = node.inputs().get(0).quantized().scale().toDouble();
        int groups = operator.groups(layer.attributes(), weights.shape());
        LayerScheme scheme = settings.scheme().with(layer.options());
        for (int group = 0; group < groups; group++) {
            Moments moments = Moments.of(layer, group, read, inputs.results());
            RoundingSearch search = new RoundingSearch(moments, scheme, effort.passes());
            int first = group * moments.channels();
            IntStream.range(0, moments.channels()).parallel().forEach(c -> bias[first + c] = Math.round(
                    improve(search, moments, c, first + c, layer, nearest, weights)
                    / (inScale * nearest.scales().get(first + c).toDouble())));
        }
        return layer.withQuantized(new QuantizedWeights(weights, nearest.scales(), List.of(bias)));
    }

    /** Improves the weights of a channel, which nobody else writes, and gives the bias that belongs to them. */
    private static double improve(RoundingSearch search, Moments moments, int within, int channel, Layer<?> layer,
            QuantizedWeights nearest, IntTensor weights) {
        int channels = nearest.scales().size();
        FloatTensor weight = layer.parameter(WeightedOperator.WEIGHT);
        double scale = nearest.scales().get(channel).toDouble();
        double[] real = new double[moments.size()];
        int[] integers = new int[real.length];
        for (int k = 0; k < real.length; k++) {
            real[k] = weight.get(k * channels + channel);
            integers[k] = weights.get(k * channels + channel);
        }
        search.improve(within, real, scale, integers);
        double bias = moments.resultMean(within);
        for (int k = 0; k < real.length; k++) {
            weights.set(k * channels + channel, integers[k]);
            bias -= integers[k] * scale * moments.inputMean(k);
        }
        return bias;
    }
}
