package qcc.gap8;

/** The scalar instructions of XpulpV2 that only compute: bits, clipping and fixed point. */
final class BitUnit {
    private BitUnit() {
    }

    /**
     * @param a s
     * @param b t
     * @param d the old value of d
     * @param i the immediate
     * @return the new value of d
     */
    static int apply(Op op, int a, int b, int d, int i) {
        return switch (op) {
            case P_ABS -> Math.abs(a);
            case P_SLET -> a <= b ? 1 : 0;
            case P_SLETU -> Integer.compareUnsigned(a, b) <= 0 ? 1 : 0;
            case P_MIN -> Math.min(a, b);
            case P_MINU -> Integer.compareUnsigned(a, b) < 0 ? a : b;
            case P_MAX -> Math.max(a, b);
            case P_MAXU -> Integer.compareUnsigned(a, b) > 0 ? a : b;
            case P_ROR -> Integer.rotateRight(a, b);
            case P_FF1 -> Integer.numberOfTrailingZeros(a);
            case P_FL1 -> a == 0 ? 32 : 31 - Integer.numberOfLeadingZeros(a);
            case P_CLB -> a == 0 ? 0 : Integer.numberOfLeadingZeros(a ^ a >> 31) - 1;
            case P_CNT -> Integer.bitCount(a);
            case P_EXTHS -> (short) a;
            case P_EXTHZ -> a & 0xFFFF;
            case P_EXTBS -> (byte) a;
            case P_EXTBZ -> a & 0xFF;
            case P_CLIP -> clip(a, -lowBits(i - 1) - 1, lowBits(i - 1));
            case P_CLIPU -> clip(a, 0, lowBits(i - 1));
            case P_CLIPR -> clip(a, ~b, b);
            case P_CLIPUR -> clip(a, 0, b);
            case P_EXTRACT, P_EXTRACTU, P_INSERT, P_BSET, P_BCLR -> field(op, a, d, i);
            case P_EXTRACTR, P_EXTRACTUR, P_INSERTR, P_BSETR, P_BCLRR -> {
                Decoder.refuseField(op, b & 31, (b >>> 5 & 31) + 1);
                yield field(op, a, d, b);
            }
            default -> fixedPoint(op, a, b, d, i);
        };
    }

    /** @param place position + 32 * (width - 1), higher bits ignored */
    private static int field(Op op, int a, int d, int place) {
        int position = place & 31;
        int width = (place >>> 5 & 31) + 1;
        int mask = lowBits(width);
        return switch (op) {
            case P_EXTRACT, P_EXTRACTR -> a << 32 - width - position >> 32 - width;
            case P_EXTRACTU, P_EXTRACTUR -> a >>> position & mask;
            case P_INSERT, P_INSERTR -> d & ~(mask << position) | (a & mask) << position;
            case P_BSET, P_BSETR -> a | mask << position;
            default -> a & ~(mask << position);
        };
    }

    private static int fixedPoint(Op op, int a, int b, int d, int i) {
        return switch (op) {
            case P_MAC -> d + a * b;
            case P_MSU -> d - a * b;
            case P_MULSN -> (short) a * (short) b >> i;
            case P_MULHHSN -> (a >> 16) * (b >> 16) >> i;
            case P_MULUN -> (a & 0xFFFF) * (b & 0xFFFF) >>> i;
            case P_MULHHUN -> (a >>> 16) * (b >>> 16) >>> i;
            case P_MULSRN -> (short) a * (short) b + half(i) >> i;
            case P_MULHHSRN -> (a >> 16) * (b >> 16) + half(i) >> i;
            case P_MULURN -> (a & 0xFFFF) * (b & 0xFFFF) + half(i) >>> i;
            case P_MULHHURN -> (a >>> 16) * (b >>> 16) + half(i) >>> i;
            case P_MACSN -> d + (short) a * (short) b >> i;
            case P_MACHHSN -> d + (a >> 16) * (b >> 16) >> i;
            case P_MACUN -> d + (a & 0xFFFF) * (b & 0xFFFF) >>> i;
            case P_MACHHUN -> d + (a >>> 16) * (b >>> 16) >>> i;
            case P_MACSRN -> d + (short) a * (short) b + half(i) >> i;
            case P_MACHHSRN -> d + (a >> 16) * (b >> 16) + half(i) >> i;
            case P_MACURN -> d + (a & 0xFFFF) * (b & 0xFFFF) + half(i) >>> i;
            case P_MACHHURN -> d + (a >>> 16) * (b >>> 16) + half(i) >>> i;
            case P_ADDN -> a + b >> i;
            case P_ADDUN -> a + b >>> i;
            case P_ADDRN -> a + b + half(i) >> i;
            case P_ADDURN -> a + b + half(i) >>> i;
            case P_SUBN -> a - b >> i;
            case P_SUBUN -> a - b >>> i;
            case P_SUBRN -> a - b + half(i) >> i;
            case P_SUBURN -> a - b + half(i) >>> i;
            case P_ADDNR -> d + a >> b;
            case P_ADDUNR -> d + a >>> b;
            case P_ADDRNR -> d + a + half(b) >> b;
            case P_ADDURNR -> d + a + half(b) >>> b;
            case P_SUBNR -> d - a >> b;
            case P_SUBUNR -> d - a >>> b;
            case P_SUBRNR -> d - a + half(b) >> b;
            case P_SUBURNR -> d - a + half(b) >>> b;
            default -> throw new IllegalArgumentException(op.mnemonic());
        };
    }

    /** The lower bound first, as the core compares. */
    private static int clip(int value, int low, int high) {
        return value <= low ? low : Math.min(value, high);
    }

    /** The lowest n of 32 bits, n from -1 to 32; none for less than 1. */
    private static int lowBits(int n) {
        return n <= 0 ? 0 : -1 >>> 32 - n;
    }

    /** What rounding adds before a shift right by the low five bits of n. */
    private static int half(int n) {
        return 1 << (n & 31) >>> 1;
    }
}
