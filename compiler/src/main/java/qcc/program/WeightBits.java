package qcc.program;

import qcc.target.WeightForm;

/**
 * The bits of a layer's weights.
 *
 * @param needed to hold each of them
 * @param stored of each one in flash
 * @param read   as the kernel finds them: 8, 4 or 2
 */
record WeightBits(int needed, int stored, int read) {

    /** For a kernel of a form; one that reads packed weights reads them from flash. */
    static WeightBits of(int needed, WeightForm form) {
        int field = needed <= 2 ? 2 : needed <= 4 ? 4 : 8;
        return switch (form) {
            case BYTES -> new WeightBits(needed, 8, 8);
            case UNPACKED -> new WeightBits(needed, needed, 8);
            case PACKED -> new WeightBits(needed, field, field);
        };
    }

    /** True when the kernel finds the weights in scratch memory. */
    boolean unpacked() {
        return stored != read;
    }

    /** For a kernel that reads 4 bits, or bytes, and weights that take no more flash than they need. */
    WeightBits widened(int bits) {
        return new WeightBits(needed, bits, Math.max(4, read));
    }
}
