package qcc.ops;

import java.util.Arrays;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.tensor.IntTensor;

/** Chooses the integer rule for a real factor between an accumulator and a result. */
final class Requantizations {
    /** Larger shifts would push the folded zero point towards the end of int32. */
    static final int MAX_SHIFT = 22;

    /** A factor this near to a power of two is one: scales are rounded to 31 bits, and real weights to 24. */
    private static final double SHIFT_TOLERANCE = 0x1p-22;

    /** Beyond this, an accumulator of one would already be all of an int32. */
    private static final int MAX_LEFT = 30;

    private Requantizations() {
    }

    /**
     * The rule for {@code real result / scale = ratio[c] * accumulator}: a shift when every ratio is 2^-n with n in
     * 0..{@link #MAX_SHIFT} and the scheme asks for shifts, else a multiplication.
     */
    static Requantization of(double[] ratios, Quantization output, Interval clamp, LayerScheme scheme) {
        boolean shifts = scheme.scales().shifts()
                && Arrays.stream(ratios).allMatch(Requantizations::isShift);
        if (!shifts && scheme.rounding() == Rounding.FLOOR) {
            throw new QuantizationException("rounding = floor needs a shift, but this layer's result is multiplied",
                    "use rounding = half_up, or scales = power_of_two for this layer and its input");
        }
        Requantization.Rule rule = shifts ? shift(ratios) : multiply(ratios, output.zeroPoint());
        return new Requantization(rule, lowBound(output, clamp), highBound(output, clamp));
    }

    /**
     * What the bias of a channel must hold beside the sum: rounding constant and zero point of the shift rule, or the
     * rounding constant of the bits that are cut off before another rule.
     */
    static long foldedConstant(Requantization requantization, int channel, Quantization output, LayerScheme scheme,
            int drop) {
        if (!(requantization.rule() instanceof Requantization.Shift rule)) {
            return roundingConstant(drop, Rounding.HALF_UP);
        }
        int shift = drop + rule.shift().get(rule.shift().size() == 1 ? 0 : channel);
        return roundingConstant(shift, scheme.rounding()) + ((long) output.zeroPoint() << shift);
    }

    /** What is added before a right shift by {@code shift}. */
    static long roundingConstant(int shift, Rounding rounding) {
        return rounding == Rounding.HALF_UP && shift > 0 ? 1L << (shift - 1) : 0;
    }

    /** The left shift of the multiplication rule, for the largest of its factors. */
    static int left(double largest) {
        return Math.max(0, WeightScales.ceilLog2(largest) + 2);
    }

    /** The multiplication rule; the common left shift keeps every multiplier within int32. */
    static Requantization.Multiply multiply(double[] ratios, int zeroPoint) {
        double largest = Arrays.stream(ratios).max().orElseThrow();
        int left = left(largest);
        if (left > MAX_LEFT) {
            throw new QuantizationException("one step of its sums is " + largest + " steps of its result",
                    "the calibration samples must show the range that the result really has");
        }
        int[] multipliers = new int[ratios.length];
        for (int c = 0; c < ratios.length; c++) {
            multipliers[c] = Math.toIntExact(Math.round(Math.scalb(ratios[c], 32 - left)));
        }
        return new Requantization.Multiply(uniform(multipliers), left, zeroPoint);
    }

    static int lowBound(Quantization output, Interval clamp) {
        return clamp.low() == Double.NEGATIVE_INFINITY ? output.type().min() : output.quantize(clamp.low());
    }

    static int highBound(Quantization output, Interval clamp) {
        return clamp.high() == Double.POSITIVE_INFINITY ? output.type().max() : output.quantize(clamp.high());
    }

    private static boolean isShift(double ratio) {
        int exponent = nearestLog2(ratio);
        return Math.abs(Math.scalb(ratio, -exponent) - 1) < SHIFT_TOLERANCE && exponent <= 0 && exponent >= -MAX_SHIFT;
    }

    /** The exponent of the power of two just below {@code value}, or just above it if that is nearer by far. */
    private static int nearestLog2(double value) {
        return Math.getExponent(value * (1 + SHIFT_TOLERANCE));
    }

    private static Requantization.Shift shift(double[] ratios) {
        return new Requantization.Shift(uniform(Arrays.stream(ratios).mapToInt(r -> -nearestLog2(r)).toArray()));
    }

    /** One entry where all are equal. */
    private static IntTensor uniform(int[] values) {
        boolean same = Arrays.stream(values).allMatch(v -> v == values[0]);
        return same ? IntTensor.vector(values[0]) : IntTensor.vector(values);
    }
}
