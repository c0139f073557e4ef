package qcc.gap8;

/**
 * Where an instruction has its operands: which bits are fixed, which registers are read, and how the immediate is put
 * together. d is the register in bits 11..7, s in 19..15, t in 24..20.
 */
enum Format {
    UPPER(0x7F, ""), JUMP(0x7F, ""),
    IMMEDIATE(0x707F, "s"), STORE(0x707F, "st"), BRANCH(0x707F, "st"), BRANCH_IMMEDIATE(0x707F, "s"),
    /** A number of 5 bits instead of t. */
    IMMEDIATE5(0xFE00707F, "s"),
    REGISTER(0xFE00707F, "st"), ACCUMULATE(0xFE00707F, "std"), UNARY(0xFFF0707F, "s"),
    /** A shift in bits 29..25. */
    SHIFTED(0xC000707F, "st"), SHIFTED_ACCUMULATE(0xC000707F, "std"),
    /** A bit field: position in bits 24..20, width - 1 in bits 29..25. */
    FIELD(0xC000707F, "s"), FIELD_INSERT(0xC000707F, "sd"),
    CSR(0x707F, "s"), CSR_IMMEDIATE(0x707F, ""), HINT(0x707F, ""), FIXED(0xFFFFFFFF, ""),
    LOOP_ADDRESS(0x000FF07F, ""), LOOP_COUNT(0xFFF0707F, "s"), LOOP_COUNT_IMMEDIATE(0x000FF07F, ""),
    LOOP_SETUP(0x707F, "s"), LOOP_SETUP_IMMEDIATE(0x707F, ""),

    // Vectors. Bits 14..12: 0 halfwords, 1 bytes; + 4 with lane 0 of t for all lanes; 6, 7 with an immediate for t.
    LANES(0xFE00707F, "st", 0, 1, 4, 5, 6, 7), LANES_UNSIGNED(0xFE00707F, "st", 0, 1, 4, 5, 6, 7),
    LANES_ACCUMULATE(0xFE00707F, "std", 0, 1, 4, 5, 6, 7),
    LANES_ACCUMULATE_UNSIGNED(0xFE00707F, "std", 0, 1, 4, 5, 6, 7), LANES_UNARY(0xFFF0707F, "s", 0, 1),
    LANE(0xFE00707F, "s", 6, 7), LANE_INSERT(0xFE00707F, "sd", 6, 7),
    SHUFFLE(0xFE00707F, "st", 0, 1, 6, 7), SHUFFLE_BYTES(0xFE00707F, "s", 7), SHUFFLE2(0xFE00707F, "std", 0, 1),
    PACK(0xFE00707F, "st", 0, 4), PACK_BYTES(0xFE00707F, "std", 1);

    /** The bit that is part of the immediate where a vector instruction has one. */
    private static final int IMMEDIATE_BIT = 1 << 25;

    private final int mask;
    private final String reads;
    private final boolean vector;
    private final int[] variants;

    Format(int mask, String reads, int... variants) {
        this.mask = mask;
        this.reads = reads;
        this.vector = variants.length > 0;
        this.variants = vector ? variants : new int[] {0};
    }

    boolean isVector() {
        return vector;
    }

    /** The values of bits 14..12 that instructions of a vector format have; for others 0, as those are in the row. */
    int[] variants() {
        return variants.clone();
    }

    /** The bits that do not hold an operand. */
    int mask(int variant) {
        return vector && variant >= 6 ? mask & ~IMMEDIATE_BIT : mask;
    }

    /** The registers that an instruction reads, a bit for each; x0 is not among them. */
    int reads(int word) {
        int set = 0;
        for (int i = 0; i < reads.length(); i++) {
            set |= switch (reads.charAt(i)) {
                case 's' -> 1 << (word >>> 15 & 31);
                case 'd' -> 1 << (word >>> 7 & 31);
                default -> hasImmediate(word) ? 0 : 1 << (word >>> 20 & 31);
            };
        }
        return set & ~1;
    }

    /** Whether the register of that letter is read, apart from vector instructions with an immediate instead of t. */
    boolean reads(char letter) {
        return reads.indexOf(letter) >= 0;
    }

    /** Whether a vector instruction has an immediate instead of t. */
    boolean hasImmediate(int word) {
        return vector && (word >>> 12 & 7) >= 6;
    }

    /**
     * The immediate. That of a bit field is position + 32 * (width - 1); that of lp.setupi the offset of the end in bits
     * 15..0 and the count above; lanes have it in every lane.
     */
    int immediate(int word) {
        return switch (this) {
            case UPPER -> word & 0xFFFFF000;
            case JUMP -> word >> 31 << 20 | word & 0xFF000 | (word >>> 20 & 1) << 11 | (word >>> 21 & 0x3FF) << 1;
            case IMMEDIATE -> word >> 20;
            case STORE -> word >> 25 << 5 | word >>> 7 & 31;
            case BRANCH, BRANCH_IMMEDIATE ->
                word >> 31 << 12 | (word >>> 7 & 1) << 11 | (word >>> 25 & 63) << 5 | (word >>> 8 & 15) << 1;
            case IMMEDIATE5 -> word >>> 20 & 31;
            case SHIFTED, SHIFTED_ACCUMULATE -> word >>> 25 & 31;
            case FIELD, FIELD_INSERT -> word >>> 20 & 0x3FF;
            case CSR, CSR_IMMEDIATE, LOOP_COUNT_IMMEDIATE -> word >>> 20;
            case LOOP_ADDRESS, LOOP_SETUP -> word >>> 20 << 1;
            case LOOP_SETUP_IMMEDIATE -> word >>> 20 << 16 | (word >>> 15 & 31) << 1;
            case LANES, LANES_ACCUMULATE -> replicate(signed6(word), word);
            case LANES_UNSIGNED, LANES_ACCUMULATE_UNSIGNED -> replicate(unsigned6(word), word);
            case LANE, LANE_INSERT, SHUFFLE, SHUFFLE_BYTES -> unsigned6(word);
            default -> 0;
        };
    }

    static int unsigned6(int word) {
        return (word >>> 20 & 31) << 1 | word >>> 25 & 1;
    }

    private static int signed6(int word) {
        return unsigned6(word) << 26 >> 26;
    }

    private static int replicate(int value, int word) {
        return (word >>> 12 & 1) == 0 ? (value & 0xFFFF) * 0x10001 : (value & 0xFF) * 0x01010101;
    }
}
