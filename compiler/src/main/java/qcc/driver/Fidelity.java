package qcc.driver;

import java.util.List;
import qcc.ir.Quantization;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/**
 * How near approximate values are to true ones: sums over all pairs of a true value t and its approximation a.
 *
 * @param signal  sum of t^2
 * @param noise   sum of (t - a)^2
 * @param product sum of t * a
 * @param energy  sum of a^2
 */
public record Fidelity(double signal, double noise, double product, double energy) {
    private static final Fidelity NONE = new Fidelity(0, 0, 0, 0);

    /** Of a tensor and its approximation. */
    static Fidelity of(FloatTensor truth, FloatTensor approximation) {
        double[] sums = new double[4];
        for (int i = 0; i < truth.size(); i++) {
            add(sums, truth.get(i), approximation.get(i));
        }
        return new Fidelity(sums[0], sums[1], sums[2], sums[3]);
    }

    /** Of a tensor and the integers that stand for it. */
    public static Fidelity of(FloatTensor truth, IntTensor integers, Quantization quantization) {
        double[] sums = new double[4];
        for (int i = 0; i < truth.size(); i++) {
            add(sums, truth.get(i), quantization.dequantize(integers.get(i)));
        }
        return new Fidelity(sums[0], sums[1], sums[2], sums[3]);
    }

    private static void add(double[] sums, double truth, double approximation) {
        sums[0] += truth * truth;
        sums[1] += (truth - approximation) * (truth - approximation);
        sums[2] += truth * approximation;
        sums[3] += approximation * approximation;
    }

    /** The sums in the order of the list, which makes them the same on every machine. */
    public static Fidelity sum(List<Fidelity> parts) {
        return parts.stream().reduce(NONE, (a, b) -> new Fidelity(a.signal + b.signal, a.noise + b.noise,
                a.product + b.product, a.energy + b.energy));
    }

    /** Signal to quantisation noise ratio in decibels; infinite where there is no error. */
    public double sqnr() {
        return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
    }

    /** Cosine of the angle between the two vectors; 1 where they point the same way. */
    public double cosine() {
        return signal == 0 || energy == 0 ? (signal == energy ? 1 : 0) : product / Math.sqrt(signal * energy);
    }
}
