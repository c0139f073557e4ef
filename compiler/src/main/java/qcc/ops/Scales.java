package qcc.ops;

/** The scales that quantisation may choose from. */
public enum Scales {
    /** 2^n: requantising is a shift. */
    POWER_OF_TWO,
    /**
     * Any, as long as requantising is a shift: the scales of activations are free, and those of the weights are the
     * quotient of the scales of result and input, times 2^-n.
     */
    SHIFT,
    /** m * 2^n with a 24-bit m: requantising is a multiplication that keeps the high word. */
    DYADIC;

    /** True when a weighted layer is requantised by a shift. */
    public boolean shifts() {
        return this != DYADIC;
    }
}
