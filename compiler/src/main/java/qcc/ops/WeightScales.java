package qcc.ops;

import qcc.ir.Scale;

/**
 * Chooses the scale of a group of weights. Weights are symmetric: their zero point is 0. Scales of the least squared
 * error are searched among those that clip nothing and finer ones.
 */
final class WeightScales {
    /** How many halvings below the range of the weights a shift's scale may clip to. */
    private static final int HALVINGS = 2;
    /** Dyadic scales are tried from {@link #NARROWEST} to all of the range, in steps of a fortieth of it. */
    private static final int FRACTIONS = 40;
    private static final int NARROWEST = 14;

    private final LayerScheme scheme;
    private final double base;

    /**
     * @param base for requantisation by a shift, a scale must be this times a power of two
     */
    WeightScales(LayerScheme scheme, double base) {
        this.scheme = scheme;
        this.base = base;
    }

    /** The integer for a weight, saturated to the scheme's bits. */
    static int quantize(double weight, double scale, LayerScheme scheme) {
        return (int) Math.max(scheme.lowestWeight(), Math.min(scheme.highestWeight(),
                Math.floor(weight / scale + 0.5)));
    }

    /**
     * The scale for {@code weights[from..to)}.
     *
     * @param finest no smaller scale is allowed
     */
    Scale choose(double[] weights, int from, int to, double finest) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(weights[i]));
        }
        double fitting = largest / scheme.highestWeight();
        double floor = Math.max(finest, Double.MIN_NORMAL);
        return scheme.scales().shifts() ? shifting(weights, from, to, fitting, floor)
                : Scale.dyadic(multiplying(weights, from, to, fitting, floor));
    }

    private Scale shifting(double[] weights, int from, int to, double fitting, double finest) {
        int lowest = ceilLog2(finest / base);
        if (fitting == 0) {
            return scale(lowest + Requantizations.MAX_SHIFT / 2);
        }
        int widest = Math.max(ceilLog2(fitting / base), lowest);
        int narrowest = scheme.weights() == WeightRange.MSE ? Math.max(widest - HALVINGS, lowest) : widest;
        int best = widest;
        double leastError = Double.POSITIVE_INFINITY;
        for (int e = widest; e >= narrowest; e--) {
            double error = squaredError(weights, from, to, Math.scalb(base, e));
            if (error < leastError) {
                leastError = error;
                best = e;
            }
        }
        return scale(best);
    }

    private Scale scale(int exponent) {
        return Scale.nearest(Math.scalb(base, exponent));
    }

    private double multiplying(double[] weights, int from, int to, double fitting, double finest) {
        double best = Math.max(fitting, finest);
        if (scheme.weights() == WeightRange.MIN_MAX || fitting <= finest) {
            return best;
        }
        double leastError = squaredError(weights, from, to, best);
        for (int i = FRACTIONS - 1; i >= NARROWEST; i--) {
            double scale = Math.max(fitting * i / FRACTIONS, finest);
            double error = squaredError(weights, from, to, scale);
            if (error < leastError) {
                leastError = error;
                best = scale;
            }
        }
        return best;
    }

    private double squaredError(double[] weights, int from, int to, double scale) {
        double error = 0;
        for (int i = from; i < to; i++) {
            double difference = weights[i] - scale * quantize(weights[i], scale, scheme);
            error += difference * difference;
        }
        return error;
    }

    /** The smallest e with 2^e at least {@code value}. */
    static int ceilLog2(double value) {
        int exponent = Math.getExponent(value);
        return Math.scalb(1.0, exponent) == value ? exponent : exponent + 1;
    }
}
