package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import qcc.ir.Scale;
import qcc.ops.QuantizedWeights;
import qcc.tensor.IntTensor;

/** Takes the integers of quantised weights, and makes the bias an integer in units of the accumulator. */
final class QuantizedArrays {
    /** How far the scale of an integer bias may be from that of the accumulator: some roundings of a float. */
    private static final double SCALE_TOLERANCE = 1e-6;
    /** No accumulator holds a larger bias. */
    private static final double MAX_BIAS = 1L << 31;

    private QuantizedArrays() {
    }

    /**
     * @param input scale of the layer's input
     */
    static QuantizedWeights of(Weights weights, Scale input) {
        KnownTensor.Origin origin = weights.array().origin().orElseThrow(() -> ImportException.unsupported(
                "the weights are real-valued while the input is quantised", "quantise the weights as well"));
        IntTensor integers = IntTensor.zeros(weights.shape());
        Scale[] scales = new Scale[weights.channels()];
        for (int i = 0; i < integers.size(); i++) {
            int position = weights.position().applyAsInt(i);
            integers.set(i, toInt8(origin.integers().get(position)));
            Scale scale = scaleAt(origin, position, weights.factor());
            int channel = i % scales.length;
            if (scales[channel] != null && !scales[channel].equals(scale)) {
                throw ImportException.unsupported("the scales of the weights differ within an output channel",
                        "quantise weights per tensor or per output channel");
            }
            scales[channel] = scale;
        }
        List<Long> bias = new ArrayList<>();
        for (int c = 0; c < scales.length; c++) {
            bias.add(bias(weights, c, input.toDouble() * scales[c].toDouble()));
        }
        return new QuantizedWeights(integers, Arrays.asList(scales), bias);
    }

    private static int toInt8(double value) {
        if (value < Byte.MIN_VALUE || value > Byte.MAX_VALUE) {
            throw ImportException.unsupported("the weight " + (long) value + ", measured from its zero point, is no "
                    + "int8", "quantise weights symmetrically: int8 with the zero point 0");
        }
        return (int) value;
    }

    private static Scale scaleAt(KnownTensor.Origin origin, int position, double factor) {
        Scale scale = origin.scales().get(0);
        if (origin.scales().size() > 1) {
            List<Integer> dims = origin.integers().dims();
            int inner = KnownTensor.sizeOf(dims.subList(origin.axis() + 1, dims.size()));
            scale = origin.scales().get(position / inner % dims.get(origin.axis()));
        }
        return factor == 1 ? scale : Scale.dyadic(scale.toDouble() * factor);
    }

    /** An integer bias in the accumulator's unit is taken as it is; another is rounded to that unit. */
    private static long bias(Weights weights, int channel, double unit) {
        if (weights.bias().isEmpty()) {
            return 0;
        }
        Optional<KnownTensor.Origin> origin = weights.bias().get().origin();
        int index = weights.bias().get().size() == 1 ? 0 : channel;
        if (origin.isPresent()) {
            double step = scaleAt(origin.get(), index, weights.biasFactor()).toDouble();
            if (Math.abs(step / unit - 1) <= SCALE_TOLERANCE) {
                return (long) origin.get().integers().get(index);
            }
        }
        double rounded = Math.rint(weights.biasOf(channel) / unit);
        if (!(Math.abs(rounded) <= MAX_BIAS)) {
            throw ImportException.unsupported("the bias " + weights.biasOf(channel) + " of channel " + channel
                    + " is too large for its scales", "quantise the layer with larger scales");
        }
        return (long) rounded;
    }
}
