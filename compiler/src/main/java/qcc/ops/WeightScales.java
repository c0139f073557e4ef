package qcc.ops;

import qcc.ir.Scale;

/** Chooses the scale of a group of weights. Weights are symmetric: their zero point is 0. */
final class WeightScales {
    /** How many halvings below the range of the weights a power of two may clip to. */
    private static final int CLIPPING_CANDIDATES = 2;

    private WeightScales() {
    }

    /** The integer for a weight, saturated to {@code bits} bits in two's complement. */
    static int quantize(double weight, double scale, int bits) {
        int limit = 1 << (bits - 1);
        return (int) Math.max(-limit, Math.min(limit - 1, Math.floor(weight / scale + 0.5)));
    }

    /**
     * The scale for {@code weights[from..to)}.
     *
     * @param finest no smaller scale is allowed
     */
    static Scale choose(double[] weights, int from, int to, double finest, LayerScheme scheme) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(weights[i]));
        }
        double fitting = largest / ((1 << (scheme.weightBits() - 1)) - 1);
        return scheme.scales() == Scales.POWER_OF_TWO
                ? powerOfTwo(weights, from, to, fitting, finest, scheme.weightBits())
                : Scale.dyadic(Math.max(Math.max(fitting, finest), Double.MIN_NORMAL));
    }

    /** Among the smallest power of two that clips nothing and the next ones below, that of least squared error. */
    private static Scale powerOfTwo(double[] weights, int from, int to, double fitting, double finest, int bits) {
        int lowest = ceilLog2(Math.max(finest, Double.MIN_NORMAL));
        if (fitting == 0) {
            return Scale.powerOfTwo(lowest + Requantizations.MAX_SHIFT / 2);
        }
        int widest = Math.max(ceilLog2(fitting), lowest);
        int best = widest;
        double leastError = Double.POSITIVE_INFINITY;
        for (int e = widest; e >= Math.max(widest - CLIPPING_CANDIDATES, lowest); e--) {
            double scale = Math.scalb(1.0, e);
            double error = 0;
            for (int i = from; i < to; i++) {
                double difference = weights[i] - scale * quantize(weights[i], scale, bits);
                error += difference * difference;
            }
            if (error < leastError) {
                leastError = error;
                best = e;
            }
        }
        return Scale.powerOfTwo(best);
    }

    /** The smallest e with 2^e at least {@code value}. */
    static int ceilLog2(double value) {
        int exponent = Math.getExponent(value);
        return Math.scalb(1.0, exponent) == value ? exponent : exponent + 1;
    }
}
