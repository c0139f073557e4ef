package qcc.ops;

/** The scales that quantisation may choose from. */
public enum Scales {
    /** 2^n: requantising is a shift. */
    POWER_OF_TWO,
    /** m * 2^n with a 24-bit m: requantising is a multiplication that keeps the high word. */
    DYADIC
}
