package qcc.ops;

/** Which integers the quantised weights of a layer use. */
public enum IntegerRange {
    /**
     * Restricted for 8 bits, where one integer of 256 is no loss, and kernels that stack two products in a register
     * need weights without -128; full for fewer bits, where one integer is much.
     */
    BY_BITS,
    /** All: -2^(bits - 1)..2^(bits - 1) - 1. */
    FULL,
    /** Those that lie symmetrically: -(2^(bits - 1) - 1)..2^(bits - 1) - 1. */
    RESTRICTED;

    /** The smallest integer of weights of {@code bits}, 2..8. */
    int lowest(int bits) {
        boolean restricted = this == RESTRICTED || this == BY_BITS && bits == Byte.SIZE;
        return -highest(bits) - (restricted ? 0 : 1);
    }

    /** The largest integer of weights of {@code bits}, 2..8. */
    static int highest(int bits) {
        return (1 << (bits - 1)) - 1;
    }
}
