package qcc.gap8;

/** The vector instructions of XpulpV2: four bytes or two halfwords in a word, lane 0 in its lowest bits. */
final class VectorUnit {
    private VectorUnit() {
    }

    /**
     * @param width of a lane in bits, 8 or 16
     * @param a     s
     * @param b     t, with a scalar or an immediate already in every lane; a lane number or a selection of lanes as it is
     * @param d     the old value of d
     * @return the new value of d
     */
    static int apply(Op op, int width, boolean immediate, int a, int b, int d) {
        return switch (op) {
            case PV_DOTSP -> dot(width, true, true, a, b);
            case PV_DOTUP -> dot(width, false, false, a, b);
            case PV_DOTUSP -> dot(width, false, true, a, b);
            case PV_SDOTSP -> d + dot(width, true, true, a, b);
            case PV_SDOTUP -> d + dot(width, false, false, a, b);
            case PV_SDOTUSP -> d + dot(width, false, true, a, b);
            case PV_EXTRACT -> signed(a, b * width, width);
            case PV_EXTRACTU -> unsigned(a, b * width, width);
            case PV_INSERT -> put(d, b * width, width, a);
            case PV_SHUFFLE -> immediate ? width == 8 ? shuffleBytes(a, 0, b) : shuffle(width, a, a, b | b << 15)
                    : shuffle(width, a, a, b);
            case PV_SHUFFLEI1 -> shuffleBytes(a, 1, b);
            case PV_SHUFFLEI2 -> shuffleBytes(a, 2, b);
            case PV_SHUFFLEI3 -> shuffleBytes(a, 3, b);
            case PV_SHUFFLE2 -> shuffle(width, d, a, b);
            case PV_PACK -> a << 16 | b & 0xFFFF;
            case PV_PACKHI -> a << 24 | (b & 0xFF) << 16 | d & 0xFFFF;
            case PV_PACKLO -> (a & 0xFF) << 8 | b & 0xFF | d & 0xFFFF0000;
            default -> lanes(op, width, a, b);
        };
    }

    private static int lanes(Op op, int width, int a, int b) {
        int result = 0;
        for (int at = 0; at < 32; at += width) {
            int value = lane(op, width, signed(a, at, width), signed(b, at, width),
                    unsigned(a, at, width), unsigned(b, at, width));
            result = put(result, at, width, value);
        }
        return result;
    }

    /** One lane; x and y with their signs, u and v without. */
    private static int lane(Op op, int width, int x, int y, int u, int v) {
        return switch (op) {
            case PV_ADD -> x + y;
            case PV_SUB -> x - y;
            case PV_AVG -> signed(x + y, 0, width) >> 1;
            case PV_AVGU -> unsigned(x + y, 0, width) >> 1;
            case PV_MIN -> Math.min(x, y);
            case PV_MINU -> Math.min(u, v);
            case PV_MAX -> Math.max(x, y);
            case PV_MAXU -> Math.max(u, v);
            case PV_SRL -> u >> (v & width - 1);
            case PV_SRA -> x >> (v & width - 1);
            case PV_SLL -> u << (v & width - 1);
            case PV_OR -> x | y;
            case PV_XOR -> x ^ y;
            case PV_AND -> x & y;
            case PV_ABS -> Math.abs(x);
            case PV_CMPEQ -> flags(x == y);
            case PV_CMPNE -> flags(x != y);
            case PV_CMPGT -> flags(x > y);
            case PV_CMPGE -> flags(x >= y);
            case PV_CMPLT -> flags(x < y);
            case PV_CMPLE -> flags(x <= y);
            case PV_CMPGTU -> flags(u > v);
            case PV_CMPGEU -> flags(u >= v);
            case PV_CMPLTU -> flags(u < v);
            case PV_CMPLEU -> flags(u <= v);
            default -> throw new IllegalArgumentException(op.mnemonic());
        };
    }

    private static int dot(int width, boolean signedA, boolean signedB, int a, int b) {
        int sum = 0;
        for (int at = 0; at < 32; at += width) {
            int x = signedA ? signed(a, at, width) : unsigned(a, at, width);
            int y = signedB ? signed(b, at, width) : unsigned(b, at, width);
            sum += x * y;
        }
        return sum;
    }

    /** Each lane of the selection names a lane: of {@code high} where the bit above the lane's number is set. */
    private static int shuffle(int width, int low, int high, int selection) {
        int lanes = 32 / width;
        int result = 0;
        for (int at = 0; at < 32; at += width) {
            int choice = unsigned(selection, at, width);
            int from = (choice & lanes) != 0 ? high : low;
            result = put(result, at, width, from >>> (choice & lanes - 1) * width);
        }
        return result;
    }

    /** The top byte is a given one, the others are named by two bits each. */
    private static int shuffleBytes(int a, int top, int selection) {
        int result = unsigned(a, top * 8, 8) << 24;
        for (int lane = 0; lane < 3; lane++) {
            result |= unsigned(a, (selection >>> lane * 2 & 3) * 8, 8) << lane * 8;
        }
        return result;
    }

    private static int flags(boolean condition) {
        return condition ? -1 : 0;
    }

    private static int signed(int word, int at, int width) {
        return word << 32 - width - at >> 32 - width;
    }

    private static int unsigned(int word, int at, int width) {
        return word << 32 - width - at >>> 32 - width;
    }

    private static int put(int word, int at, int width, int value) {
        int mask = -1 >>> 32 - width << at;
        return word & ~mask | value << at & mask;
    }
}
