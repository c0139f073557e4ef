package qcc.ops.fixedpoint;

/**
 * A real factor as TFLite stores it: {@code significand / 2^31 * 2^shift}.
 *
 * @param significand 0, or 2^30 .. 2^31 - 1 where made by {@link #of}
 * @param shift       from -31 on; positive to the left; products can be taken up to 30
 */
public record QuantizedMultiplier(int significand, int shift) {

    /** The nearest multiplier of a finite factor that is not negative; factors too small for any result become 0. */
    public static QuantizedMultiplier of(double factor, RoundingSteps steps) {
        if (factor == 0) {
            return new QuantizedMultiplier(0, 0);
        }
        int shift = Math.getExponent(factor) + 1;
        long significand = Math.round(Math.scalb(Math.scalb(factor, -shift), 31));
        if (significand == 1L << 31) {
            significand /= 2;
            shift++;
        }
        if (shift < -31) {
            return new QuantizedMultiplier(0, 0);
        }
        if (shift > 30 && steps == RoundingSteps.SINGLE) {
            return new QuantizedMultiplier(Integer.MAX_VALUE, 30);
        }
        return new QuantizedMultiplier((int) significand, shift);
    }

    /** The factor's rounded product with {@code x}; an {@link ArithmeticException} where TFLite's would overflow. */
    public int apply(int x, RoundingSteps steps) {
        if (shift > 30) {
            throw new ArithmeticException("a factor of 2^" + (shift - 1) + " and more");
        }
        if (steps == RoundingSteps.SINGLE) {
            int total = 31 - shift;
            return Math.toIntExact(Math.floorDiv((long) x * significand + (1L << (total - 1)), 1L << total));
        }
        int left = Math.max(0, shift);
        int shifted = Math.toIntExact((long) x << left);
        return FixedPoint.divideByPowerOfTwo(FixedPoint.doublingHighProduct(shifted, significand),
                Math.max(0, -shift));
    }
}
