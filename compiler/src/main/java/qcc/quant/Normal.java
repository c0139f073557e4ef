package qcc.quant;

import qcc.ir.Interval;

/** The normal distribution. */
final class Normal {
    private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

    private Normal() {
    }

    /** The mean of a normally distributed value after a clamp. */
    static double clampedMean(double mean, double deviation, Interval clamp) {
        if (deviation == 0) {
            return clamp.clamp(mean);
        }
        double low = (clamp.low() - mean) / deviation;
        double high = (clamp.high() - mean) / deviation;
        double inside = cumulative(high) - cumulative(low);
        double result = mean * inside + deviation * (density(low) - density(high));
        result += clamp.low() == Double.NEGATIVE_INFINITY ? 0 : clamp.low() * cumulative(low);
        return result + (clamp.high() == Double.POSITIVE_INFINITY ? 0 : clamp.high() * (1 - cumulative(high)));
    }

    /** The standard density. */
    static double density(double x) {
        return StrictMath.exp(-x * x / 2) / SQRT_2_PI;
    }

    /**
     * The standard cumulative distribution: for |x| up to 6 the series
     * {@code 1/2 + density(x) * (x + x^3/3 + x^5/15 + ...)}, which is exact to double precision there; beyond, 0 or 1.
     */
    static double cumulative(double x) {
        if (Math.abs(x) > 6) {
            return x > 0 ? 1 : 0;
        }
        double term = x;
        double sum = x;
        for (int n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
            term *= x * x / n;
            sum += term;
        }
        return 0.5 + density(x) * sum;
    }
}
