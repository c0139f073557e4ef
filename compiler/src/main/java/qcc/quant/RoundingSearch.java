package qcc.quant;

import qcc.ops.LayerScheme;

/**
 * Finds integers for the weights of one output channel that bring its results near to the real ones: it minimises
 * {@code w C w - 2 w t + r |w - v|^2} over w = scale * integers, v being the real weights. Beginning at the nearest
 * integers, it goes through the weights and moves each to where the error is least while the others stay, until none
 * moves. Each move makes the error smaller, so it ends; the order is fixed, so the result is always the same.
 */
final class RoundingSearch {
    /**
     * The weight of staying near the real weights, in terms of the mean variance of an input. It decides where samples
     * say little: inputs that never vary, or always together.
     */
    private static final double RIDGE = 0.02;

    private final Moments moments;
    private final LayerScheme scheme;
    private final int passes;
    private final double ridge;

    /**
     * @param passes at most so many times through all weights
     */
    RoundingSearch(Moments moments, LayerScheme scheme, int passes) {
        this.moments = moments;
        this.scheme = scheme;
        this.passes = passes;
        double trace = 0;
        for (int i = 0; i < moments.size(); i++) {
            trace += moments.covariance(i)[i];
        }
        this.ridge = RIDGE * trace / moments.size() + Double.MIN_NORMAL;
    }

    /**
     * Improves the integers of a channel in place.
     *
     * @param channel  within the group
     * @param real     its weights
     * @param scale    real value of one step
     * @param integers the nearest ones; receives better ones
     */
    void improve(int channel, double[] real, double scale, int[] integers) {
        double[] gradient = gradient(channel, real, scale, integers);
        boolean moved = true;
        for (int pass = 0; moved && pass < passes; pass++) {
            moved = false;
            for (int k = 0; k < integers.length; k++) {
                double[] row = moments.covariance(k);
                double best = integers[k] - gradient[k] / ((row[k] + ridge) * scale);
                int integer = (int) Math.max(scheme.lowestWeight(), Math.min(scheme.highestWeight(),
                        Math.floor(best + 0.5)));
                // Moves that gain nothing would never end.
                if (Math.abs(integer - best) < Math.abs(integers[k] - best) - 1e-9) {
                    double change = (integer - integers[k]) * scale;
                    integers[k] = integer;
                    for (int i = 0; i < gradient.length; i++) {
                        gradient[i] += change * row[i];
                    }
                    gradient[k] += change * ridge;
                    moved = true;
                }
            }
        }
    }

    /** Half the derivative of the error by each weight. */
    private double[] gradient(int channel, double[] real, double scale, int[] integers) {
        double[] gradient = new double[integers.length];
        double[] target = moments.target(channel);
        for (int k = 0; k < integers.length; k++) {
            double weight = scale * integers[k];
            double[] row = moments.covariance(k);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += weight * row[i];
            }
            gradient[k] += ridge * (weight - real[k]) - target[k];
        }
        return gradient;
    }
}
