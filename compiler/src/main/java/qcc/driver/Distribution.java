package qcc.driver;

import java.util.List;

/**
 * How the values of a tensor are spread, beside what its integers can express.
 *
 * @param name     of the layer or input
 * @param low      the smallest value
 * @param high     the largest value
 * @param counts   how many values lie in each of the equal bins between them
 * @param clipLow  the smallest value that the integers express
 * @param clipHigh the largest
 * @param remark   scale and zero point, or how near the integers come
 */
public record Distribution(String name, double low, double high, List<Long> counts, double clipLow, double clipHigh,
        String remark) {
    public Distribution {
        counts = List.copyOf(counts);
    }

    /** The share of the values that lie outside what the integers express, as far as the bins show it. */
    public double clipped() {
        long outside = 0;
        long all = 0;
        double step = (high - low) / counts.size();
        for (int i = 0; i < counts.size(); i++) {
            double centre = low + (i + 0.5) * step;
            outside += centre < clipLow || centre > clipHigh ? counts.get(i) : 0;
            all += counts.get(i);
        }
        return all == 0 ? 0 : (double) outside / all;
    }
}
