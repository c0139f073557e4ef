package qcc.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.model.Methods;
import qcc.model.QuantizeSettings;
import qcc.ops.Layer;
import qcc.ops.QuantizedWeights;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;

/**
 * Takes the mean error of every weighted layer out of its bias: {@code b[c] -= E[y'[c]] - E[y[c]]}, y being the results
 * before the clamp and y' those of the quantised layer (Nagel et al., Data-Free Quantization Through Weight
 * Equalization and Bias Correction, 2019, section 4.2). The expectations are means over samples, in which the layers
 * before have been quantised and corrected; or, analytically, {@code E[y' - y] = sum (w' - w) * E[x]} with E[x] from
 * the statistics of batch normalisation.
 */
public final class BiasCorrection {
    private final QuantizeSettings settings;
    private final Optional<ExpectedValues> expected;

    private BiasCorrection(QuantizeSettings settings, Optional<ExpectedValues> expected) {
        this.settings = settings;
        this.expected = expected;
    }

    /** The CALIBRATED graph with corrected biases, if the settings ask for them. */
    public static Graph run(Graph graph, QuantizeSettings settings, Samples samples) {
        Optional<Methods.BiasCorrection> correction = settings.methods().biasCorrection();
        if (correction.isEmpty()) {
            return graph;
        }
        BiasCorrection pass = new BiasCorrection(settings, correction.get() == Methods.BiasCorrection.ANALYTIC
                ? Optional.of(new ExpectedValues(graph)) : Optional.empty());
        return LayerSweep.run(graph, settings, samples, (node, inputs) -> pass.visit(node, (Layer<?>) node.operation(),
                inputs));
    }

    private <A extends Record> Layer<A> visit(Node node, Layer<A> layer, LayerSweep.Inputs inputs) {
        if (!(layer.operator() instanceof WeightedOperator<A> operator)) {
            return layer;
        }
        Layer<?> integers = Simulation.simulated(node, settings);
        double[] error = expected.flatMap(values -> values.of(node.inputs().get(0)))
                .map(means -> analytic(operator, layer, integers, means))
                .orElseGet(() -> empirical(integers, inputs));
        return layer.withQuantized(corrected(layer.quantized().orElseThrow(), error,
                node.inputs().get(0).quantized().scale().toDouble()));
    }

    private static QuantizedWeights corrected(QuantizedWeights old, double[] error, double inScale) {
        List<Long> bias = new ArrayList<>();
        for (int c = 0; c < error.length; c++) {
            bias.add(old.bias().get(c) - Math.round(error[c] / (inScale * old.scales().get(c).toDouble())));
        }
        return new QuantizedWeights(old.weights(), old.scales(), bias);
    }

    /** The mean over all samples and places of what the integers give too much. */
    private static double[] empirical(Layer<?> integers, LayerSweep.Inputs inputs) {
        List<double[]> sums = IntStream.range(0, inputs.results().size()).parallel().mapToObj(s -> difference(
                integers.evaluateUnclamped(inputs.quantized().get(s)), inputs.results().get(s))).toList();
        double[] mean = new double[sums.get(0).length];
        for (double[] sum : sums) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += sum[c] / sums.size();
            }
        }
        return mean;
    }

    /** For each channel the mean of a - b. */
    private static double[] difference(FloatTensor a, FloatTensor b) {
        int channels = a.shape().last();
        double[] mean = new double[channels];
        for (int i = 0; i < a.size(); i++) {
            mean[i % channels] += ((double) a.get(i) - b.get(i)) * channels / a.size();
        }
        return mean;
    }

    private static <A extends Record> double[] analytic(WeightedOperator<A> operator, Layer<A> layer,
            Layer<?> integers, List<Double> means) {
        FloatTensor real = layer.parameter(WeightedOperator.WEIGHT);
        FloatTensor rounded = integers.parameter(WeightedOperator.WEIGHT);
        double[] error = new double[operator.channels(layer.attributes(), real.shape())];
        for (int i = 0; i < real.size(); i++) {
            int input = operator.inputOf(layer.attributes(), real.shape(), i);
            error[i % error.length] += ((double) rounded.get(i) - real.get(i)) * means.get(input % means.size());
        }
        return error;
    }
}
