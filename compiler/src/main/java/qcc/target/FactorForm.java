package qcc.target;

import java.util.Locale;

/** By which rules a kernel takes accumulators to results. */
public enum FactorForm {
    /** By the operation's own rule. */
    GIVEN,
    /** By the rule AFFINE of {@code qcc_requantize.h}, wherever that says the same; else by the operation's own. */
    AFFINE;

    /** As the kernel lists write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
