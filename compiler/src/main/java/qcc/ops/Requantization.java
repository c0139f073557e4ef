package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.IntTensor;

/**
 * From an int32 accumulator to an int8 result: the one definition of the rule, whose C twin is
 * {@code qcc_requantize.h}.
 *
 * @param rule how the accumulator is scaled
 * @param low  smallest result, -128..127
 * @param high largest result, not below {@code low}
 */
public record Requantization(Rule rule, int low, int high) {

    /** The largest accumulator, and the largest shift to the right, with which a factor in parts stays in 32 bits. */
    private static final int PARTS_ACCUMULATOR = (1 << 20) - 1;
    private static final int PARTS_SHIFT = 13;

    /** The scaling of accumulators; arrays hold one entry for all channels, or one per channel. */
    public sealed interface Rule {
        /** The scaled accumulator, before the bounds are applied. */
        long scale(int channel, int accumulator);

        /** The rule for some of the channels, in the given order. */
        Rule select(int[] channels);

        /** The real number that accumulators are multiplied by. */
        double factor(int channel);
    }

    /**
     * floor(acc / 2^shift). The rounding constant and the zero point are already part of the bias.
     *
     * @param shift 0..31
     */
    public record Shift(IntTensor shift) implements Rule {
        public Shift {
            for (int c = 0; c < shift.size(); c++) {
                requireShift(shift.get(c));
            }
        }

        @Override
        public long scale(int channel, int accumulator) {
            return Math.floorDiv((long) accumulator, 1L << perChannel(shift, channel));
        }

        @Override
        public Rule select(int[] channels) {
            return new Shift(selected(shift, channels));
        }

        @Override
        public double factor(int channel) {
            return Math.scalb(1.0, -perChannel(shift, channel));
        }
    }

    /**
     * zero + floor((acc * 2^left * multiplier + 2^31) / 2^32): rounds to nearest, ties up.
     *
     * @param multiplier any int32
     * @param left       0..31, such that acc * 2^left fits int32
     * @param zero       zero point of the result
     */
    public record Multiply(IntTensor multiplier, int left, int zero) implements Rule {
        public Multiply {
            requireShift(left);
        }

        @Override
        public long scale(int channel, int accumulator) {
            int shifted = Math.toIntExact((long) accumulator << left);
            long product = (long) shifted * perChannel(multiplier, channel);
            return zero + Math.floorDiv(product + (1L << 31), 1L << 32);
        }

        @Override
        public Rule select(int[] channels) {
            return new Multiply(selected(multiplier, channels), left, zero);
        }

        @Override
        public double factor(int channel) {
            return Math.scalb((double) perChannel(multiplier, channel), left - 32);
        }
    }

    /**
     * zero + acc * significand / 2^31 / 2^right, rounded as TFLite does ({@link QuantizedMultiplier#apply}).
     *
     * @param significand 2^30 .. 2^31 - 1
     * @param right       shift to the right, -30..31; a negative one shifts to the left first
     * @param steps       in how many steps low bits are dropped
     * @param zero        zero point of the result
     */
    public record Tflite(IntTensor significand, IntTensor right, RoundingSteps steps, int zero) implements Rule {

        /**
         * The rule for multipliers of all channels, or for one multiplier.
         *
         * @throws IllegalArgumentException if a significand is neither 0 nor at least 2^30
         * @throws OverflowException        if a factor takes every accumulator out of 32 bits
         */
        public static Tflite of(List<QuantizedMultiplier> multipliers, RoundingSteps steps, int zero) {
            boolean same = multipliers.stream().allMatch(multipliers.get(0)::equals);
            int[] significand = new int[same ? 1 : multipliers.size()];
            int[] right = new int[significand.length];
            for (int c = 0; c < significand.length; c++) {
                // Where accumulators stay below 2^30, a factor of 2^-32 gives 0 as a factor of 0 does.
                boolean none = multipliers.get(c).significand() == 0;
                significand[c] = none ? 1 << 30 : multipliers.get(c).significand();
                right[c] = none ? 31 : -multipliers.get(c).shift();
                if (right[c] < -30) {
                    throw new OverflowException("accumulators are multiplied by 2^" + (-right[c] - 1) + " and more");
                }
                if (significand[c] < 1 << 30) {
                    throw new IllegalArgumentException("significand " + significand[c]);
                }
            }
            return new Tflite(IntTensor.vector(significand), IntTensor.vector(right), steps, zero);
        }

        @Override
        public long scale(int channel, int accumulator) {
            QuantizedMultiplier multiplier = new QuantizedMultiplier(perChannel(significand, channel),
                    -perChannel(right, channel));
            return zero + (long) multiplier.apply(accumulator, steps);
        }

        @Override
        public Rule select(int[] channels) {
            return new Tflite(selected(significand, channels), selected(right, channels), steps, zero);
        }

        @Override
        public double factor(int channel) {
            return Math.scalb((double) perChannel(significand, channel), -31 - perChannel(right, channel));
        }

        /** The largest shift to the left of all channels, or 0. */
        public int left() {
            int left = 0;
            for (int c = 0; c < right.size(); c++) {
                left = Math.max(left, -right.get(c));
            }
            return left;
        }

        /** The largest number on the way from an accumulator of at most {@code bound} to its result. */
        private long largestStep(int channel, long bound) {
            int shift = perChannel(right, channel);
            long shifted = bound << Math.max(0, -shift);
            if (shifted >= 1L << 31) {
                return shifted;
            }
            long product = (shifted * perChannel(significand, channel) + (1L << 30)) >> 31;
            long half = (1L << Math.max(0, shift)) / 2;
            return Math.max(shifted, Math.max(product + half, product + 128));
        }
    }

    /**
     * floor((floor(acc * 2^8 * multiplier / 2^32) + addend) / 2^12), which takes the place of other rules, see
     * {@code AffineFit}. All that is added, the zero point too, is in the bias, but for a fraction, the addend.
     *
     * @param multiplier 0 and above, per channel; this and the addend with entries up to a multiple of four
     * @param addend     -32768..32767
     */
    public record Affine(IntTensor multiplier, IntTensor addend) implements Rule {
        /** Bits that accumulators, and results before the last shift, have more. */
        public static final int WIDER = 8;
        public static final int SHIFT = 12;

        @Override
        public long scale(int channel, int accumulator) {
            int wide = Math.multiplyExact(accumulator, 1 << WIDER);
            return (((long) wide * perChannel(multiplier, channel) >> 32) + perChannel(addend, channel)) >> SHIFT;
        }

        @Override
        public Rule select(int[] channels) {
            return new Affine(selected(multiplier, channels), selected(addend, channels));
        }

        @Override
        public double factor(int channel) {
            return Math.scalb((double) perChannel(multiplier, channel), WIDER - 32 - SHIFT);
        }
    }

    /**
     * True when a kernel may add the zero point before the last shift of TFLite's rule: the shift leaves room for it.
     *
     * @param accumulatorBits of the largest accumulator
     */
    public boolean takesZeroEarly(int accumulatorBits) {
        if (!(rule instanceof Tflite tflite) || tflite.steps() != RoundingSteps.DOUBLE || accumulatorBits > 30) {
            return false;
        }
        for (int c = 0; c < tflite.right().size(); c++) {
            if (tflite.right().get(c) < 1 || tflite.right().get(c) > 22) {
                return false;
            }
        }
        return true;
    }

    /** How kernels may apply TFLite's factor in three parts, {@code qcc_short_parts.h}; the names are those of C. */
    public enum Parts {
        /** Not at all. */
        NONE,
        /** To every accumulator. */
        WHOLE,
        /** After accumulators were limited to 21 bits: those beyond have the same results as the limits, the bounds. */
        LIMITED
    }

    /**
     * How kernels may apply the factor in parts.
     *
     * @param accumulatorBits of the largest accumulator
     */
    public Parts parts(int accumulatorBits) {
        if (!(rule instanceof Tflite tflite) || tflite.steps() != RoundingSteps.DOUBLE) {
            return Parts.NONE;
        }
        boolean saturates = true;
        for (int c = 0; c < tflite.right().size(); c++) {
            if (tflite.right().get(c) < 1 || tflite.right().get(c) > PARTS_SHIFT) {
                return Parts.NONE;
            }
            saturates &= tflite.scale(c, PARTS_ACCUMULATOR) >= high && tflite.scale(c, -PARTS_ACCUMULATOR - 1) <= low;
        }
        if (1L << (accumulatorBits - 1) <= PARTS_ACCUMULATOR + 1L) {
            return Parts.WHOLE;
        }
        return saturates ? Parts.LIMITED : Parts.NONE;
    }

    /** The result for an accumulator of the given output channel. */
    public int apply(int channel, int accumulator) {
        return (int) Math.max(low, Math.min(high, rule.scale(channel, accumulator)));
    }

    /** The requantisation of some of the output channels, in the given order. */
    public Requantization select(int[] channels) {
        return new Requantization(rule.select(channels), low, high);
    }

    /**
     * Proves that accumulators of a channel can be scaled in 32 bits.
     *
     * @param what  the accumulator, for the message
     * @param bound no accumulator is larger in magnitude
     * @throws OverflowException if a number could leave 32 bits
     */
    public void prove(String what, int channel, long bound) {
        long largest = bound;
        if (bound < 1L << 31 && rule instanceof Multiply multiply) {
            largest = bound << multiply.left();
        } else if (bound < 1L << 31 && rule instanceof Tflite tflite) {
            largest = tflite.largestStep(channel, bound);
        }
        if (largest >= 1L << 31) {
            throw new OverflowException(what + " can reach " + bound
                    + (largest > bound ? ", and " + largest + " while it is scaled" : "")
                    + "; 32 bits end at 2147483647");
        }
    }

    /** The arrays that the kernel needs; a rule that is the same for all channels needs none. */
    public List<Constant> constants() {
        List<Constant> constants = new ArrayList<>();
        if (rule instanceof Shift shift && shift.shift().size() > 1) {
            constants.add(new Constant("shift", Constant.CType.UINT8, shift.shift()));
        }
        if (rule instanceof Multiply multiply && multiply.multiplier().size() > 1) {
            constants.add(new Constant("multiplier", Constant.CType.INT32, multiply.multiplier()));
        }
        if (rule instanceof Tflite tflite && tflite.significand().size() > 1) {
            constants.add(new Constant("multiplier", Constant.CType.INT32, tflite.significand()));
            constants.add(new Constant("right", Constant.CType.INT8, tflite.right()));
        }
        if (rule instanceof Affine affine) {
            constants.add(new Constant("multiplier", Constant.CType.INT32, affine.multiplier()));
            constants.add(new Constant("addend", Constant.CType.INT16, affine.addend()));
        }
        return constants;
    }

    private static void requireShift(int bits) {
        if (bits < 0 || bits > 31) {
            throw new IllegalArgumentException("a shift by " + bits + " bits");
        }
    }

    private static IntTensor selected(IntTensor values, int[] channels) {
        return values.size() == 1 ? values : values.select(channels);
    }

    private static int perChannel(IntTensor values, int channel) {
        return values.get(values.size() == 1 ? 0 : channel);
    }

    @Override
    public String toString() {
        String bounds = low == -128 && high == 127 ? "" : " in [" + low + ", " + high + "]";
        if (rule instanceof Multiply multiply) {
            return "multiply " + values(multiply.multiplier()) + bounds;
        }
        if (rule instanceof Tflite tflite) {
            return "tflite " + values(tflite.significand()) + " >> 31 + " + values(tflite.right()) + bounds;
        }
        if (rule instanceof Affine affine) {
            return "affine " + values(affine.multiplier()) + bounds;
        }
        return "shift " + values(((Shift) rule).shift()) + bounds;
    }

    private static String values(IntTensor tensor) {
        return tensor.size() == 1 ? String.valueOf(tensor.get(0)) : "per channel";
    }
}
