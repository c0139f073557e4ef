package qcc.ir;

/**
 * The meaning of integer activations: real value = scale * (q - zeroPoint).
 *
 * @param scale     step between neighbouring values
 * @param zeroPoint the integer that stands for 0: in -128..127; 0 for int16
 * @param type      of the integers
 */
public record Quantization(Scale scale, int zeroPoint, IntegerType type) {
    /** The smallest and the largest int8 value. */
    public static final int MIN = -128;
    public static final int MAX = 127;

    public Quantization {
        if (zeroPoint < MIN || zeroPoint > MAX || zeroPoint != 0 && type != IntegerType.INT8) {
            throw new IllegalArgumentException("zero point " + zeroPoint + " of " + type);
        }
    }

    /** Of int8 values. */
    public Quantization(Scale scale, int zeroPoint) {
        this(scale, zeroPoint, IntegerType.INT8);
    }

    /** The integer nearest to a real value (ties up), saturated. */
    public int quantize(double real) {
        return type.saturate(Math.floor(real / scale.toDouble() + 0.5) + zeroPoint);
    }

    public double dequantize(int q) {
        return scale.toDouble() * (q - zeroPoint);
    }

    @Override
    public String toString() {
        return type + " * " + scale + (zeroPoint == 0 ? "" : " zero " + zeroPoint);
    }
}
