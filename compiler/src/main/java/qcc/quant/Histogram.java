package qcc.quant;

import qcc.ir.Interval;

/** How often values fall into equal bins between the smallest and the largest one. */
final class Histogram {
    static final int BINS = 2048;

    private final Interval range;
    private final long[] counts = new long[BINS];

    /** An empty histogram over a finite interval that contains all values to come. */
    Histogram(Interval range) {
        this.range = range;
    }

    Interval range() {
        return range;
    }

    void add(double value) {
        counts[bin(value)]++;
    }

    /** The bin that a value falls into, or is nearest to. */
    int bin(double value) {
        double width = range.high() - range.low();
        int bin = width > 0 ? (int) ((value - range.low()) / width * BINS) : 0;
        return Math.max(0, Math.min(BINS - 1, bin));
    }

    /** Adds the counts of a histogram over the same range. */
    void add(Histogram other) {
        for (int i = 0; i < BINS; i++) {
            counts[i] += other.counts[i];
        }
    }

    long count(int bin) {
        return counts[bin];
    }

    /** The middle of a bin. */
    double centre(int bin) {
        return range.low() + (bin + 0.5) * (range.high() - range.low()) / BINS;
    }

    /** The narrowest interval of whole bins that leaves out at most {@code fraction} of the values at each end. */
    Interval without(double fraction) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        long allowed = (long) Math.floor(total * fraction);
        int low = 0;
        for (long left = allowed - counts[low]; left >= 0 && low < BINS - 1; left -= counts[low]) {
            low++;
        }
        int high = BINS - 1;
        for (long left = allowed - counts[high]; left >= 0 && high > low; left -= counts[high]) {
            high--;
        }
        double step = (range.high() - range.low()) / BINS;
        return new Interval(range.low() + low * step, range.low() + (high + 1) * step);
    }
}
