package qcc.driver;

import qcc.quant.Samples;

/**
 * What the inputs of a verification are.
 *
 * @param extremes all smallest, all largest, a checkerboard of both, all zero points
 * @param samples  real ones, from the calibration data
 * @param random   uniform random bytes
 * @param seed     of the random ones
 */
public record InputMix(int extremes, int samples, int random, long seed) {
    private static final int EXTREMES = 4;

    /** So many inputs, of which the real samples are at most two thirds of what the extremes leave. */
    public static InputMix of(Samples available, int count, long seed) {
        int extremes = Math.min(EXTREMES, count);
        int samples = Math.min(available.size(), (count - extremes) * 2 / 3);
        return new InputMix(extremes, samples, count - extremes - samples, seed);
    }

    public int count() {
        return extremes + samples + random;
    }

    /** The parts in words. */
    public String text() {
        return extremes + " extremes, " + samples + " samples, " + random + " random (seed " + seed + ")";
    }
}
