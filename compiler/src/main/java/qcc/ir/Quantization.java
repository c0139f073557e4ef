package qcc.ir;

/**
 * The meaning of int8 activations: real value = scale * (q - zeroPoint).
 *
 * @param scale     step between neighbouring values
 * @param zeroPoint the integer that stands for 0, in -128..127
 */
public record Quantization(Scale scale, int zeroPoint) {
    public static final int MIN = -128;
    public static final int MAX = 127;

    public Quantization {
        if (zeroPoint < MIN || zeroPoint > MAX) {
            throw new IllegalArgumentException("zero point " + zeroPoint);
        }
    }

    /** The integer nearest to a real value (ties up), saturated. */
    public int quantize(double real) {
        double q = Math.floor(real / scale.toDouble() + 0.5) + zeroPoint;
        return (int) Math.max(MIN, Math.min(MAX, q));
    }

    public double dequantize(int q) {
        return scale.toDouble() * (q - zeroPoint);
    }

    @Override
    public String toString() {
        return scale + (zeroPoint == 0 ? "" : " zero " + zeroPoint);
    }
}
