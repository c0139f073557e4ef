package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * Batch normalisation with trained statistics: {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta} for each
 * channel. It never reaches the integer graph: passes fold it into the layer before it, or make it a depthwise layer.
 */
public final class BatchNorm extends Operator<BatchNorm.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "added to the variance", fallback = "0.001") double epsilon) {
    }

    /** The affine function of each channel: {@code factor * x + offset}. */
    public record Affine(List<Double> factor, List<Double> offset) {
        public double[] factors() {
            return factor.stream().mapToDouble(Double::doubleValue).toArray();
        }

        public double[] offsets() {
            return offset.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    public BatchNorm() {
        super("batch_norm", "batch normalisation with trained statistics", Attributes.class);
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        if (a.epsilon() <= 0) {
            throw ShapeException.ofArgument("epsilon must be positive", "0.001 is the usual value");
        }
        return inputs.get(0);
    }

    @Override
    public List<ParameterSpec> parameters(Attributes a, List<Shape> inputs) {
        int channels = inputs.get(0).last();
        return List.of(
                ParameterSpec.perChannel("gamma", ParameterSpec.Role.FACTOR, channels, "[channels]"),
                ParameterSpec.perChannel("beta", ParameterSpec.Role.OFFSET, channels, "[channels]"),
                ParameterSpec.perChannel("mean", ParameterSpec.Role.OFFSET, channels, "[channels]"),
                ParameterSpec.perChannel("variance", ParameterSpec.Role.VARIANCE, channels, "[channels]"));
    }

    /** The layer as one multiplication and one addition for each channel. */
    public static Affine affine(Layer<Attributes> layer) {
        FloatTensor gamma = layer.parameter("gamma");
        List<Double> factor = new ArrayList<>();
        List<Double> offset = new ArrayList<>();
        for (int c = 0; c < gamma.size(); c++) {
            double f = gamma.get(c) / Math.sqrt(layer.parameter("variance").get(c) + layer.attributes().epsilon());
            factor.add(f);
            offset.add(layer.parameter("beta").get(c) - layer.parameter("mean").get(c) * f);
        }
        return new Affine(factor, offset);
    }

    /** What training saw of the layer's results: the mean beta, and gamma less what epsilon takes from it. */
    public static OutputStatistics statistics(Layer<Attributes> layer) {
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        for (int c = 0; c < layer.parameter("beta").size(); c++) {
            double variance = layer.parameter("variance").get(c);
            mean.add((double) layer.parameter("beta").get(c));
            deviation.add(Math.abs(layer.parameter("gamma").get(c))
                    * Math.sqrt(variance / (variance + layer.attributes().epsilon())));
        }
        return new OutputStatistics(mean, deviation);
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        Affine affine = affine(layer);
        FloatTensor result = inputs.get(0).copy();
        for (int i = 0; i < result.size(); i++) {
            int c = i % affine.factor().size();
            result.set(i, affine.factor().get(c) * result.get(i) + affine.offset().get(c));
        }
        return result;
    }

    @Override
    public Value lower(Layer<Attributes> layer, Lowering lowering) {
        throw new IllegalStateException("batch_norm must have been folded");
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[5, 5, 3]", "conv2d(filters = 4, kernel = 3, bias = false) |> batch_norm |> relu"),
                Example.of("[4, 4, 5]", "batch_norm"),
                Example.of("[12]", "dense(6) |> batch_norm(epsilon = 0.01)"));
    }
}
