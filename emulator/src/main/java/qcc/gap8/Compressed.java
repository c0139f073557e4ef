package qcc.gap8;

/** The compressed instructions of RV32C without floating point, each as the full instruction that it stands for. */
final class Compressed {
    private static final int ZERO = 0;
    private static final int RA = 1;
    private static final int SP = 2;

    private Compressed() {
    }

    /**
     * The full instruction for the 16 bits of a compressed one, or 0, which is none, when they are reserved, zero or
     * an instruction that this machine does not have.
     */
    static int expand(int c) {
        return switch (c & 3) {
            case 0 -> quadrant0(c);
            case 1 -> quadrant1(c);
            default -> quadrant2(c);
        };
    }

    private static int quadrant0(int c) {
        int s = low(c >>> 7);
        int d = low(c >>> 2);
        int offset = bits(c, 10, 3) << 3 | bits(c, 6, 1) << 2 | bits(c, 5, 1) << 6;
        return switch (c >>> 13) {
            case 0 -> {
                int size = bits(c, 7, 4) << 6 | bits(c, 11, 2) << 4 | bits(c, 5, 1) << 3 | bits(c, 6, 1) << 2;
                yield size == 0 ? 0 : immediate(0x13, 0, d, SP, size);
            }
            case 2 -> immediate(0x03, 2, d, s, offset);
            case 6 -> store(s, d, offset);
            default -> 0;
        };
    }

    private static int quadrant1(int c) {
        int d = bits(c, 7, 5);
        int value = signed6(c);
        return switch (c >>> 13) {
            case 0 -> immediate(0x13, 0, d, d, value);
            case 1 -> jump(RA, c);
            case 2 -> immediate(0x13, 0, d, ZERO, value);
            case 3 -> d == SP ? adjustStack(c) : value == 0 ? 0 : value << 12 | d << 7 | 0x37;
            case 4 -> arithmetic(c);
            case 5 -> jump(ZERO, c);
            case 6 -> branch(0, c);
            default -> branch(1, c);
        };
    }

    private static int adjustStack(int c) {
        int value = -bits(c, 12, 1) << 9 | bits(c, 3, 2) << 7 | bits(c, 5, 1) << 6 | bits(c, 2, 1) << 5
                | bits(c, 6, 1) << 4;
        return value == 0 ? 0 : immediate(0x13, 0, SP, SP, value);
    }

    private static int arithmetic(int c) {
        int d = low(c >>> 7);
        int t = low(c >>> 2);
        boolean longShift = bits(c, 12, 1) != 0;
        return switch (bits(c, 10, 2)) {
            case 0 -> longShift ? 0 : immediate(0x13, 5, d, d, bits(c, 2, 5));
            case 1 -> longShift ? 0 : immediate(0x13, 5, d, d, 0x400 | bits(c, 2, 5));
            case 2 -> immediate(0x13, 7, d, d, signed6(c));
            default -> longShift ? 0 : switch (bits(c, 5, 2)) {
                case 0 -> register(0x20, 0, d, d, t);
                case 1 -> register(0, 4, d, d, t);
                case 2 -> register(0, 6, d, d, t);
                default -> register(0, 7, d, d, t);
            };
        };
    }

    private static int quadrant2(int c) {
        int d = bits(c, 7, 5);
        int t = bits(c, 2, 5);
        return switch (c >>> 13) {
            case 0 -> bits(c, 12, 1) != 0 ? 0 : immediate(0x13, 1, d, d, t);
            case 2 -> d == 0 ? 0 : immediate(0x03, 2, d, SP,
                    bits(c, 12, 1) << 5 | bits(c, 4, 3) << 2 | bits(c, 2, 2) << 6);
            case 4 -> jumpOrMove(bits(c, 12, 1) != 0, d, t);
            case 6 -> store(SP, t, bits(c, 9, 4) << 2 | bits(c, 7, 2) << 6);
            default -> 0;
        };
    }

    private static int jumpOrMove(boolean link, int d, int t) {
        if (t != 0) {
            return register(0, 0, d, link ? d : ZERO, t);
        }
        if (d != 0) {
            return immediate(0x67, 0, link ? RA : ZERO, d, 0);
        }
        return link ? 0x00100073 : 0;
    }

    private static int jump(int link, int c) {
        int offset = -bits(c, 12, 1) << 11 | bits(c, 11, 1) << 4 | bits(c, 9, 2) << 8 | bits(c, 8, 1) << 10
                | bits(c, 7, 1) << 6 | bits(c, 6, 1) << 7 | bits(c, 3, 3) << 1 | bits(c, 2, 1) << 5;
        return (offset & 0x100000) << 11 | (offset & 0x7FE) << 20 | (offset & 0x800) << 9 | offset & 0xFF000
                | link << 7 | 0x6F;
    }

    private static int branch(int funct3, int c) {
        int offset = -bits(c, 12, 1) << 8 | bits(c, 10, 2) << 3 | bits(c, 5, 2) << 6 | bits(c, 3, 2) << 1
                | bits(c, 2, 1) << 5;
        return (offset & 0x1000) << 19 | (offset & 0x7E0) << 20 | (offset & 0x1E) << 7 | (offset & 0x800) >>> 4
                | low(c >>> 7) << 15 | funct3 << 12 | 0x63;
    }

    private static int immediate(int opcode, int funct3, int d, int s, int value) {
        return value << 20 | s << 15 | funct3 << 12 | d << 7 | opcode;
    }

    private static int register(int funct7, int funct3, int d, int s, int t) {
        return funct7 << 25 | t << 20 | s << 15 | funct3 << 12 | d << 7 | 0x33;
    }

    private static int store(int s, int t, int offset) {
        return offset >>> 5 << 25 | t << 20 | s << 15 | 2 << 12 | (offset & 31) << 7 | 0x23;
    }

    /** One of the registers x8 to x15. */
    private static int low(int field) {
        return 8 + (field & 7);
    }

    private static int signed6(int c) {
        return -bits(c, 12, 1) << 5 | bits(c, 2, 5);
    }

    private static int bits(int c, int from, int count) {
        return c >>> from & (1 << count) - 1;
    }
}
