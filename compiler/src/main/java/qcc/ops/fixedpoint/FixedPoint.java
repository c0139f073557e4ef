package qcc.ops.fixedpoint;

/** The primitives of the arithmetic: products and quotients of int32 numbers, each with its own kind of rounding. */
public final class FixedPoint {
    private FixedPoint() {
    }

    /** {@code 2 * a * b / 2^32} rounded to nearest, ties upwards; the product of two minima saturates. */
    public static int doublingHighProduct(int a, int b) {
        if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
            return Integer.MAX_VALUE;
        }
        long product = (long) a * b;
        long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
        return (int) ((product + nudge) / (1L << 31));
    }

    /** The same for int16 numbers: {@code 2 * a * b / 2^16} rounded to nearest. */
    public static int doublingHighProduct16(int a, int b) {
        if (a == Short.MIN_VALUE && b == Short.MIN_VALUE) {
            return Short.MAX_VALUE;
        }
        int product = a * b;
        int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
        return (product + nudge) / (1 << 15);
    }

    /** {@code x / 2^exponent} rounded to nearest, ties away from zero; exponent 0..31. */
    public static int divideByPowerOfTwo(int x, int exponent) {
        int mask = (int) ((1L << exponent) - 1);
        int remainder = x & mask;
        int threshold = (mask >>> 1) + (x < 0 ? 1 : 0);
        return (x >> exponent) + (Integer.compareUnsigned(remainder, threshold) > 0 ? 1 : 0);
    }

    /** {@code x * 2^exponent}, saturated; exponent 0..31. */
    public static int multiplyByPowerOfTwo(int x, int exponent) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, (long) x << exponent));
    }

    /** {@code (a + b) / 2}, ties away from zero. */
    static int halfSum(int a, int b) {
        long sum = (long) a + b;
        return (int) ((sum + (sum >= 0 ? 1 : -1)) / 2);
    }

    /** {@code numerator / denominator} for a positive denominator, rounded to nearest, ties away from zero. */
    public static int divideToNearest(int numerator, int denominator) {
        long half = denominator / 2;
        return (int) ((numerator > 0 ? numerator + half : numerator - half) / denominator);
    }
}
