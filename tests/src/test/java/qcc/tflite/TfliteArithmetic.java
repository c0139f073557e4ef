package qcc.tflite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * TFLite's arithmetic once more, from its definitions and in exact decimal numbers: rounding modes instead of shifts.
 * Shares nothing with the compiler.
 */
final class TfliteArithmetic {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private TfliteArithmetic() {
    }

    /** The integer nearest to a real number, ties upwards. */
    static BigInteger tiesUp(BigDecimal value) {
        return value.add(HALF).setScale(0, RoundingMode.FLOOR).toBigInteger();
    }

    /** The integer nearest to a real number, ties away from zero. */
    static BigInteger tiesAway(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    static BigDecimal powerOfTwo(int exponent) {
        return exponent >= 0 ? TWO.pow(exponent) : BigDecimal.ONE.divide(TWO.pow(-exponent));
    }

    /** A factor as TFLite stores it: significand / 2^31 * 2^shift. */
    private record Factor(BigInteger significand, int shift) {

        static Factor of(double factor) {
            int shift = 0;
            BigDecimal fraction = new BigDecimal(factor);
            while (fraction.compareTo(BigDecimal.ONE) >= 0) {
                fraction = fraction.divide(TWO);
                shift++;
            }
            while (fraction.compareTo(HALF) < 0) {
                fraction = fraction.multiply(TWO);
                shift--;
            }
            BigInteger significand = tiesAway(fraction.multiply(powerOfTwo(31)));
            boolean carry = significand.bitLength() > 31;
            return new Factor(carry ? significand.shiftRight(1) : significand, carry ? shift + 1 : shift);
        }

        int times(long x, boolean twoSteps) {
            if (shift < -31) {
                return 0;
            }
            BigDecimal product = BigDecimal.valueOf(x).multiply(new BigDecimal(significand)).divide(powerOfTwo(31));
            if (!twoSteps || shift > 0) {
                return tiesUp(product.multiply(powerOfTwo(shift))).intValueExact();
            }
            return tiesAway(new BigDecimal(tiesUp(product)).multiply(powerOfTwo(shift))).intValueExact();
        }
    }

    /** x times a factor, quantised as TFLite does, in two rounding steps or in one. */
    static int scale(long x, double factor, boolean twoSteps) {
        return factor == 0 ? 0 : Factor.of(factor).times(x, twoSteps);
    }

    /** A sum of {@code count} elements times factor / count: the stored significand is divided, and truncated. */
    static int mean(long sum, int count, double factor, boolean twoSteps) {
        Factor stored = Factor.of(factor);
        int shift = 0;
        while (2 << shift <= count) {
            shift++;
        }
        BigInteger divided = stored.significand().shiftLeft(shift).divide(BigInteger.valueOf(count));
        return new Factor(divided, stored.shift() - shift).times(sum, twoSteps);
    }

    /** a / b to nearest, ties away from zero. */
    static int divide(long a, long b) {
        BigInteger[] parts = BigInteger.valueOf(a).abs().multiply(BigInteger.TWO).add(BigInteger.valueOf(b))
                .divideAndRemainder(BigInteger.valueOf(2 * b));
        return Long.signum(a) * parts[0].intValueExact();
    }

    static int clamp(long value, int low, int high) {
        return (int) Math.max(low, Math.min(high, value));
    }
}
