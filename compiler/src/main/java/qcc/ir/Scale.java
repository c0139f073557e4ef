package qcc.ir;

/**
 * A positive scale, exactly {@code mantissa * 2^exponent}: a dyadic rational, so that integer graphs need no
 * floating-point number to say what their integers mean. The mantissa is odd, or 1 for a power of two.
 *
 * @param mantissa 1 .. 2^31
 * @param exponent any, in practice -60 .. 60
 */
public record Scale(long mantissa, int exponent) {

    public Scale {
        if (mantissa <= 0) {
            throw new IllegalArgumentException("scale must be positive");
        }
        int zeros = Long.numberOfTrailingZeros(mantissa);
        mantissa >>= zeros;
        exponent += zeros;
    }

    public static Scale powerOfTwo(int exponent) {
        return new Scale(1, exponent);
    }

    /** The nearest scale with a mantissa of 24 bits; {@code value} must be positive and finite. */
    public static Scale dyadic(double value) {
        int exponent = Math.getExponent(value) - 23;
        return new Scale(Math.round(Math.scalb(value, -exponent)), exponent);
    }

    /** The nearest scale that there is, with a mantissa of 31 bits; {@code value} must be positive and finite. */
    public static Scale nearest(double value) {
        int exponent = Math.getExponent(value) - 30;
        return new Scale(Math.round(Math.scalb(value, -exponent)), exponent);
    }

    public boolean isPowerOfTwo() {
        return mantissa == 1;
    }

    public double toDouble() {
        return Math.scalb((double) mantissa, exponent);
    }

    @Override
    public String toString() {
        return mantissa == 1 ? "2^" + exponent : mantissa + "*2^" + exponent;
    }
}
