package qcc.importer.tflite;

import qcc.importer.tflite.schema.Activation;
import qcc.ir.Interval;
import qcc.ir.Quantization;

/** Activation functions that are part of another operator. */
final class Activations {
    private Activations() {
    }

    /** The values that an activation lets pass. */
    static Interval bounds(byte activation) {
        return switch (activation) {
            case Activation.NONE -> Interval.ALL;
            case Activation.RELU -> new Interval(0, Double.POSITIVE_INFINITY);
            case Activation.RELU_N1_TO_1 -> new Interval(-1, 1);
            case Activation.RELU6 -> new Interval(0, 6);
            default -> throw new Unsupported("the fused activation " + (activation > 0
                    && activation < Activation.names.length ? Activation.names[activation] : activation)
                    + " is not supported", "make it an operator of its own");
        };
    }

    /** The smallest integer of a tensor under the activation, as TFLite rounds it: in single precision. */
    static int low(Interval bounds, TensorInfo tensor, Quantization quantization) {
        return bounds.low() == Double.NEGATIVE_INFINITY ? Quantization.MIN
                : Math.max(Quantization.MIN, quantize((float) bounds.low(), tensor.scale(), quantization.zeroPoint()));
    }

    /** The largest integer. */
    static int high(Interval bounds, TensorInfo tensor, Quantization quantization) {
        return bounds.high() == Double.POSITIVE_INFINITY ? Quantization.MAX
                : Math.min(Quantization.MAX, quantize((float) bounds.high(), tensor.scale(), quantization.zeroPoint()));
    }

    private static int quantize(float real, float scale, int zeroPoint) {
        float steps = real / scale;
        return zeroPoint + (int) Math.max(-1e6, Math.min(1e6, roundToNearest(steps)));
    }

    /** Ties away from zero, as C's round. */
    static double roundToNearest(float value) {
        return Math.signum(value) * Math.floor(Math.abs((double) value) + 0.5);
    }
}
