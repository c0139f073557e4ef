package qcc.ops;

import java.util.ArrayList;
import java.util.List;
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

    /** The scaling of accumulators; arrays hold one entry for all channels, or one per channel. */
    public sealed interface Rule {
        /** The scaled accumulator, before the bounds are applied. */
        long scale(int channel, int accumulator);

        /** The rule for some of the channels, in the given order. */
        Rule select(int[] channels);
    }

    /**
     * floor(acc / 2^shift). The rounding constant and the zero point are already part of the bias.
     *
     * @param shift 0..31
     */
    public record Shift(IntTensor shift) implements Rule {
        @Override
        public long scale(int channel, int accumulator) {
            return Math.floorDiv((long) accumulator, 1L << perChannel(shift, channel));
        }

        @Override
        public Rule select(int[] channels) {
            return new Shift(selected(shift, channels));
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
    }

    /** The result for an accumulator of the given output channel. */
    public int apply(int channel, int accumulator) {
        return (int) Math.max(low, Math.min(high, rule.scale(channel, accumulator)));
    }

    /** The requantisation of some of the output channels, in the given order. */
    public Requantization select(int[] channels) {
        return new Requantization(rule.select(channels), low, high);
    }

    /** Bits by which accumulators are shifted left before they are multiplied. */
    public int left() {
        return rule instanceof Multiply multiply ? multiply.left() : 0;
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
        return constants;
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
        return "shift " + values(((Shift) rule).shift()) + bounds;
    }

    private static String values(IntTensor tensor) {
        return tensor.size() == 1 ? String.valueOf(tensor.get(0)) : "per channel";
    }
}
