package qcc.target;

import java.util.Locale;

/** What becomes of weights of at most 4 bits, for a kernel. */
public enum WeightForm {
    /** The kernel is not for them: its weights are bytes. */
    BYTES,
    /** Packed in flash, and the kernel reads them so. */
    PACKED,
    /** Packed in flash, and unpacked into scratch memory before the kernel, which finds bytes there. */
    UNPACKED;

    /** As the kernel lists write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
