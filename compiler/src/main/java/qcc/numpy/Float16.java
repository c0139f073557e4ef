package qcc.numpy;

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
public final class Float16 {
    private static final int EXPONENT_BIAS = 15;
    private static final int FRACTION_BITS = 10;
    private static final int INFINITY = 0x7C00;
    private static final int QUIET_NAN = 0x7E00;

    private Float16() {
    }

    /** The value of 16 bits. */
    public static double toDouble(short bits) {
        int exponent = (bits >> FRACTION_BITS) & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude;
        if (exponent == 0x1F) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, 1 - EXPONENT_BIAS - FRACTION_BITS);
        } else {
            magnitude = Math.scalb((double) (fraction + 0x400), exponent - EXPONENT_BIAS - FRACTION_BITS);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    /** Rounds to the nearest, ties to even; what is too large becomes infinite. */
    static short fromDouble(double value) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
        double magnitude = Math.abs(value);
        if (Double.isNaN(value)) {
            return (short) (sign | QUIET_NAN);
        }
        int exponent = Math.max(Math.getExponent(magnitude), 1 - EXPONENT_BIAS);
        if (exponent > EXPONENT_BIAS) {
            return (short) (sign | INFINITY);
        }
        // In units of the last place; a carry out of the fraction goes into the exponent, as it should.
        int units = (int) Math.rint(Math.scalb(magnitude, FRACTION_BITS - exponent));
        return (short) (sign | (((exponent + EXPONENT_BIAS - 1) << FRACTION_BITS) + units));
    }
}
