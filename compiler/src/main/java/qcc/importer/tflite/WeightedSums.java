package qcc.importer.tflite;

import java.util.ArrayList;
import java.util.List;
import qcc.diagnostics.Code;
import qcc.importer.tflite.schema.TensorType;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ops.Requantization;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** What convolutions and fully connected layers share: weights, bias, and the scale of their sums. */
final class WeightedSums {
    private WeightedSums() {
    }

    /**
     * The integers of a layer.
     *
     * @param weights [channels][fan in]
     * @param bias    for each channel; the input's zero point is folded into it
     */
    record Integers(IntTensor weights, IntTensor bias, Requantization requantization) {
    }

    /** The factor between a layer's accumulators and its result; precision is part of the format. */
    @FunctionalInterface
    interface Factor {
        double of(float input, float weight, float output);
    }

    /**
     * The integers of a layer.
     *
     * @param order  for each position channel * fan in + k, the index into the file's weights
     * @param axis   of the weights that counts channels
     * @param factor how scales are combined
     */
    static Integers integers(Call call, int[] order, int channels, int axis, Interval clamp, Factor factor) {
        TensorInfo filter = call.in(1);
        if (!filter.is(TensorType.INT8)) {
            throw new Unsupported("weights " + filter + " are not int8", "quantise the weights to int8");
        }
        if (filter.zeroPoints().stream().anyMatch(zero -> zero != 0)) {
            throw new Unsupported("weights " + filter + " have a zero point", "quantise weights symmetrically");
        }
        List<Float> scales = filter.scales();
        if (scales.isEmpty() || scales.size() != 1 && (scales.size() != channels || filter.axis() != axis)) {
            throw new MalformedModel("weights " + filter + " have " + scales.size() + " scales along axis "
                    + filter.axis());
        }
        int[] stored = call.constants().integers(filter);
        int[] weights = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            weights[i] = stored[order[i]];
        }
        Quantization output = Call.quantization(call.out());
        List<QuantizedMultiplier> multipliers = new ArrayList<>();
        for (float scale : scales) {
            multipliers.add(QuantizedMultiplier.of(
                    factor.of(call.in(0).scale(), scale, call.out().scale()), call.steps()));
        }
        Requantization requantization = new Requantization(
                Requantization.Tflite.of(multipliers, call.steps(), output.zeroPoint()),
                Activations.low(clamp, call.out(), output), Activations.high(clamp, call.out(), output));
        return new Integers(new IntTensor(Shape.of(channels, order.length / channels), weights),
                IntTensor.vector(foldedBias(call, weights, channels)), requantization);
    }

    private static int[] foldedBias(Call call, int[] weights, int channels) {
        int[] bias = call.optionalIn(2).map(tensor -> bias(call, tensor, channels)).orElseGet(() -> new int[channels]);
        int zero = Call.quantization(call.in(0)).zeroPoint();
        int fanIn = weights.length / channels;
        for (int c = 0; c < channels; c++) {
            long folded = bias[c];
            for (int k = c * fanIn; k < (c + 1) * fanIn; k++) {
                folded -= (long) zero * weights[k];
            }
            if (folded != (int) folded) {
                throw new Unsupported(Code.E501, "the bias of channel " + c + " becomes " + folded
                        + " with the input's zero point, beyond 32 bits", "use a smaller bias");
            }
            bias[c] = (int) folded;
        }
        return bias;
    }

    private static int[] bias(Call call, TensorInfo tensor, int channels) {
        if (!tensor.is(TensorType.INT32)) {
            throw new Unsupported("bias " + tensor + " is not int32", "quantise the bias to int32");
        }
        requireChannels(tensor, channels);
        return call.constants().integers(tensor);
    }

    /** The real bias, or zeros. */
    static FloatTensor realBias(Call call, int channels) {
        float[] bias = call.optionalIn(2).map(tensor -> {
            requireChannels(tensor, channels);
            return call.constants().reals(tensor);
        }).orElseGet(() -> new float[channels]);
        return new FloatTensor(Shape.of(channels), bias);
    }

    private static void requireChannels(TensorInfo tensor, int channels) {
        if (tensor.size() != channels) {
            throw new MalformedModel("bias " + tensor + " does not have " + channels + " elements");
        }
    }

    /** The real weights in the order {@code from[i]} of the file. */
    static FloatTensor realWeights(Call call, Shape shape, int[] from) {
        float[] stored = call.constants().reals(call.in(1));
        FloatTensor weights = FloatTensor.zeros(shape);
        for (int i = 0; i < from.length; i++) {
            weights.set(i, stored[from[i]]);
        }
        return weights;
    }

    /** The extents of the weights, of which there are {@code rank}. */
    static List<Integer> filterDims(Call call, int rank) {
        TensorInfo filter = call.in(1);
        if (filter.dims().size() != rank || filter.dims().contains(0) || filter.size() > Shape.MAX_SIZE) {
            throw new MalformedModel("weights " + filter + " do not have " + rank + " axes");
        }
        if (!call.constants().isKnown(filter)) {
            throw new Unsupported("weights " + filter + " are computed at run time", "weights must be constant");
        }
        return filter.dims();
    }
}
