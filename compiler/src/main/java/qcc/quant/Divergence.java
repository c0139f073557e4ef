package qcc.quant;

import qcc.ir.Quantization;

/**
 * The Kullback-Leibler divergence between values and their quantised form, from a histogram. The bin of zero does not
 * count: behind a relu it holds most values, every scale expresses them, and beside them clipping the others would seem
 * to cost nothing.
 */
final class Divergence {
    /** The probability that takes the place of 0, in values. */
    private static final double NEGLIGIBLE = 1e-4;

    private final double[] clipped = new double[Histogram.BINS];
    private final double[] spread = new double[Histogram.BINS];

    private Divergence() {
    }

    /** Sum of p log(p / q) over all bins, p being the clipped distribution and q the one that integers can tell. */
    static double of(Histogram histogram, Quantization quantization) {
        Divergence divergence = new Divergence();
        divergence.clip(histogram, quantization);
        divergence.spread(histogram, quantization);
        double total = 0;
        for (int bin = 0; bin < Histogram.BINS; bin++) {
            total += divergence.clipped[bin];
        }
        double sum = 0;
        for (int bin = 0; bin < Histogram.BINS; bin++) {
            double p = divergence.clipped[bin];
            if (p > 0) {
                sum += p / total * StrictMath.log(p / Math.max(divergence.spread[bin], NEGLIGIBLE));
            }
        }
        return sum;
    }

    private static long count(Histogram histogram, int bin) {
        return bin == histogram.bin(0) ? 0 : histogram.count(bin);
    }

    /** What saturates is counted with the outermost bins that do not. */
    private void clip(Histogram histogram, Quantization q) {
        int low = histogram.bin(q.dequantize(q.type().min()));
        int high = histogram.bin(q.dequantize(q.type().max()));
        for (int bin = 0; bin < Histogram.BINS; bin++) {
            clipped[Math.max(low, Math.min(high, bin))] += count(histogram, bin);
        }
    }

    /** The values of one integer, without those that saturate, spread evenly over the bins that hold some. */
    private void spread(Histogram histogram, Quantization q) {
        int low = histogram.bin(q.dequantize(q.type().min()));
        int high = histogram.bin(q.dequantize(q.type().max()));
        int bin = low;
        while (bin <= high) {
            int integer = q.quantize(histogram.centre(bin));
            int end = bin;
            int held = 0;
            double sum = 0;
            for (; end <= high && q.quantize(histogram.centre(end)) == integer; end++) {
                sum += count(histogram, end);
                held += clipped[end] > 0 ? 1 : 0;
            }
            for (; bin < end; bin++) {
                spread[bin] = clipped[bin] > 0 ? sum / held : 0;
            }
        }
    }
}
