package qcc.ops.fixedpoint;

import static qcc.ops.fixedpoint.FixedPoint.divideByPowerOfTwo;
import static qcc.ops.fixedpoint.FixedPoint.doublingHighProduct;
import static qcc.ops.fixedpoint.FixedPoint.halfSum;
import static qcc.ops.fixedpoint.FixedPoint.multiplyByPowerOfTwo;

/**
 * Exponential, logistic function and hyperbolic tangent of fixed-point numbers, with exactly the approximations that
 * TFLite's int8 kernels use. A number with k integer bits is {@code raw / 2^(31 - k)}; where nothing is said, k is 0,
 * and 1 is the largest int.
 */
public final class Transcendental {
    private static final int ONE = Integer.MAX_VALUE;
    /** e^(-1/8) and 1/3. */
    private static final int EXP_OF_MINUS_EIGHTH = 1895147668;
    private static final int THIRD = 715827883;
    /** e^-(2^(i - 2)) for i = 0..6, rounded. */
    private static final int[] EXP_OF_POWERS = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    /** 48/17 and -32/17 with two integer bits: the start of Newton's iteration for a reciprocal. */
    private static final int RECIPROCAL_OFFSET = 1515870810;
    private static final int RECIPROCAL_SLOPE = -1010580540;
    private static final int NEWTON_STEPS = 3;

    private Transcendental() {
    }

    /** e^x for x <= 0 with {@code integerBits} 4 or 5. */
    public static int exp(int x, int integerBits) {
        if (x == 0) {
            return ONE;
        }
        int fraction = 31 - integerBits;
        int quarter = 1 << (fraction - 2);
        int rest = (x & (quarter - 1)) - quarter;
        int result = expNearZero(multiplyByPowerOfTwo(rest, integerBits));
        int remainder = rest - x;
        for (int exponent = -2; exponent < integerBits; exponent++) {
            if ((remainder & (1 << (fraction + exponent))) != 0) {
                result = doublingHighProduct(result, EXP_OF_POWERS[exponent + 2]);
            }
        }
        return result;
    }

    /** e^x for -1/4 <= x < 0: a Taylor polynomial around -1/8. */
    private static int expNearZero(int x) {
        int d = x + (1 << 28);
        int d2 = doublingHighProduct(d, d);
        int d3 = doublingHighProduct(d2, d);
        int d4 = doublingHighProduct(d2, d2);
        int cubic = doublingHighProduct(divideByPowerOfTwo(d4, 2) + d3, THIRD);
        int polynomial = d + divideByPowerOfTwo(cubic + d2, 1);
        return EXP_OF_MINUS_EIGHTH + doublingHighProduct(EXP_OF_MINUS_EIGHTH, polynomial);
    }

    /** {@code 2 / (1 + x)} for 0 <= x <= 1, with two integer bits. */
    private static int twiceReciprocalOfOnePlus(int x) {
        int half = halfSum(x, ONE);
        int y = RECIPROCAL_OFFSET + doublingHighProduct(half, RECIPROCAL_SLOPE);
        for (int i = 0; i < NEWTON_STEPS; i++) {
            int error = (1 << 29) - doublingHighProduct(half, y);
            y += multiplyByPowerOfTwo(doublingHighProduct(y, error), 2);
        }
        return y;
    }

    /** {@code 1 / (1 + x)} for 0 <= x <= 1. */
    public static int reciprocalOfOnePlus(int x) {
        return multiplyByPowerOfTwo(twiceReciprocalOfOnePlus(x), 1);
    }

    /** {@code 1 / (1 + e^-x)} for an x with 4 integer bits. */
    public static int logistic(int x) {
        if (x == 0) {
            return 1 << 30;
        }
        int positive = reciprocalOfOnePlus(exp(-Math.abs(x), 4));
        return x > 0 ? positive : ONE - positive;
    }

    /** tanh(x) for an x with 4 integer bits. */
    public static int tanh(int x) {
        if (x == 0) {
            return 0;
        }
        // -|x| with 4 integer bits is -2|x| with 5.
        int e = exp(-Math.abs(x), 5);
        int magnitude = multiplyByPowerOfTwo(twiceReciprocalOfOnePlus(e) - (1 << 29), 2);
        return x > 0 ? magnitude : -magnitude;
    }
}
