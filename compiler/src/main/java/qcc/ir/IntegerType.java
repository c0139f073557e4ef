package qcc.ir;

import java.util.Locale;

/** The integers that activations are made of: two's complement, little-endian in memory. */
public enum IntegerType {
    INT8(1), INT16(2);

    private final int bytes;

    IntegerType(int bytes) {
        this.bytes = bytes;
    }

    /** Memory that one element takes. */
    public int bytes() {
        return bytes;
    }

    public int min() {
        return -1 << (8 * bytes - 1);
    }

    public int max() {
        return -min() - 1;
    }

    /** The value of the type that is nearest. */
    public int saturate(double value) {
        return (int) Math.max(min(), Math.min(max(), value));
    }

    /** As QDSL and reports write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
