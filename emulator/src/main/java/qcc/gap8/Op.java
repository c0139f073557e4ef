package qcc.gap8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The instructions: RV32IM and XpulpV2 with their encodings, the only place that has them. Where the encodings of one
 * operation differ only in lane width and second operand ({@code pv.add.h}, {@code pv.add.sci.b}, ...), they are one
 * constant. Compressed instructions are expanded before they are looked up here, see {@link Compressed}.
 *
 * <p>A row gives the format, which says what else of the word is fixed, then bits 6..0, 14..12 and 31..25; in a format
 * with fewer fixed bits at the top, the lower ones of 31..25 are 0 here.
 */
enum Op {
    LUI(Format.UPPER, 0x37), AUIPC(Format.UPPER, 0x17),
    JAL(Format.JUMP, 0x6F), JALR(Format.IMMEDIATE, 0x67),
    BEQ(Format.BRANCH, 0x63, 0), BNE(Format.BRANCH, 0x63, 1), BLT(Format.BRANCH, 0x63, 4),
    BGE(Format.BRANCH, 0x63, 5), BLTU(Format.BRANCH, 0x63, 6), BGEU(Format.BRANCH, 0x63, 7),
    P_BEQIMM(Format.BRANCH_IMMEDIATE, 0x63, 2), P_BNEIMM(Format.BRANCH_IMMEDIATE, 0x63, 3),

    LB(Format.IMMEDIATE, 0x03, 0), LH(Format.IMMEDIATE, 0x03, 1), LW(Format.IMMEDIATE, 0x03, 2),
    LBU(Format.IMMEDIATE, 0x03, 4), LHU(Format.IMMEDIATE, 0x03, 5), P_ELW(Format.IMMEDIATE, 0x03, 6),
    LB_POST(Format.IMMEDIATE, 0x0B, 0), LH_POST(Format.IMMEDIATE, 0x0B, 1), LW_POST(Format.IMMEDIATE, 0x0B, 2),
    LBU_POST(Format.IMMEDIATE, 0x0B, 4), LHU_POST(Format.IMMEDIATE, 0x0B, 5),
    LB_REG(Format.REGISTER, 0x03, 7, 0x00), LH_REG(Format.REGISTER, 0x03, 7, 0x08),
    LW_REG(Format.REGISTER, 0x03, 7, 0x10), LBU_REG(Format.REGISTER, 0x03, 7, 0x20),
    LHU_REG(Format.REGISTER, 0x03, 7, 0x28),
    LB_REG_POST(Format.REGISTER, 0x0B, 7, 0x00), LH_REG_POST(Format.REGISTER, 0x0B, 7, 0x08),
    LW_REG_POST(Format.REGISTER, 0x0B, 7, 0x10), LBU_REG_POST(Format.REGISTER, 0x0B, 7, 0x20),
    LHU_REG_POST(Format.REGISTER, 0x0B, 7, 0x28),

    SB(Format.STORE, 0x23, 0), SH(Format.STORE, 0x23, 1), SW(Format.STORE, 0x23, 2),
    SB_POST(Format.STORE, 0x2B, 0), SH_POST(Format.STORE, 0x2B, 1), SW_POST(Format.STORE, 0x2B, 2),
    SB_REG(Format.ACCUMULATE, 0x23, 4), SH_REG(Format.ACCUMULATE, 0x23, 5), SW_REG(Format.ACCUMULATE, 0x23, 6),
    SB_REG_POST(Format.ACCUMULATE, 0x2B, 4), SH_REG_POST(Format.ACCUMULATE, 0x2B, 5),
    SW_REG_POST(Format.ACCUMULATE, 0x2B, 6),

    ADDI(Format.IMMEDIATE, 0x13, 0), SLTI(Format.IMMEDIATE, 0x13, 2), SLTIU(Format.IMMEDIATE, 0x13, 3),
    XORI(Format.IMMEDIATE, 0x13, 4), ORI(Format.IMMEDIATE, 0x13, 6), ANDI(Format.IMMEDIATE, 0x13, 7),
    SLLI(Format.IMMEDIATE5, 0x13, 1), SRLI(Format.IMMEDIATE5, 0x13, 5), SRAI(Format.IMMEDIATE5, 0x13, 5, 0x20),
    ADD(Format.REGISTER, 0x33, 0), SUB(Format.REGISTER, 0x33, 0, 0x20), SLL(Format.REGISTER, 0x33, 1),
    SLT(Format.REGISTER, 0x33, 2), SLTU(Format.REGISTER, 0x33, 3), XOR(Format.REGISTER, 0x33, 4),
    SRL(Format.REGISTER, 0x33, 5), SRA(Format.REGISTER, 0x33, 5, 0x20), OR(Format.REGISTER, 0x33, 6),
    AND(Format.REGISTER, 0x33, 7),
    MUL(Format.REGISTER, 0x33, 0, 1), MULH(Format.REGISTER, 0x33, 1, 1), MULHSU(Format.REGISTER, 0x33, 2, 1),
    MULHU(Format.REGISTER, 0x33, 3, 1), DIV(Format.REGISTER, 0x33, 4, 1), DIVU(Format.REGISTER, 0x33, 5, 1),
    REM(Format.REGISTER, 0x33, 6, 1), REMU(Format.REGISTER, 0x33, 7, 1),

    FENCE(Format.HINT, 0x0F, 0), FENCE_I(Format.HINT, 0x0F, 1),
    ECALL(Format.FIXED, 0x73), EBREAK(Format.FIXED, 0x00100073), WFI(Format.FIXED, 0x10500073),
    CSRRW(Format.CSR, 0x73, 1), CSRRS(Format.CSR, 0x73, 2), CSRRC(Format.CSR, 0x73, 3),
    CSRRWI(Format.CSR_IMMEDIATE, 0x73, 5), CSRRSI(Format.CSR_IMMEDIATE, 0x73, 6),
    CSRRCI(Format.CSR_IMMEDIATE, 0x73, 7),

    LP_STARTI(Format.LOOP_ADDRESS, 0x7B, 0), LP_ENDI(Format.LOOP_ADDRESS, 0x7B, 1),
    LP_COUNT(Format.LOOP_COUNT, 0x7B, 2), LP_COUNTI(Format.LOOP_COUNT_IMMEDIATE, 0x7B, 3),
    LP_SETUP(Format.LOOP_SETUP, 0x7B, 4), LP_SETUPI(Format.LOOP_SETUP_IMMEDIATE, 0x7B, 5),

    P_ABS(Format.UNARY, 0x33, 0, 0x02), P_SLET(Format.REGISTER, 0x33, 2, 0x02),
    P_SLETU(Format.REGISTER, 0x33, 3, 0x02), P_MIN(Format.REGISTER, 0x33, 4, 0x02),
    P_MINU(Format.REGISTER, 0x33, 5, 0x02), P_MAX(Format.REGISTER, 0x33, 6, 0x02),
    P_MAXU(Format.REGISTER, 0x33, 7, 0x02), P_ROR(Format.REGISTER, 0x33, 5, 0x04),
    P_FF1(Format.UNARY, 0x33, 0, 0x08), P_FL1(Format.UNARY, 0x33, 1, 0x08), P_CLB(Format.UNARY, 0x33, 2, 0x08),
    P_CNT(Format.UNARY, 0x33, 3, 0x08), P_EXTHS(Format.UNARY, 0x33, 4, 0x08), P_EXTHZ(Format.UNARY, 0x33, 5, 0x08),
    P_EXTBS(Format.UNARY, 0x33, 6, 0x08), P_EXTBZ(Format.UNARY, 0x33, 7, 0x08),
    P_CLIP(Format.IMMEDIATE5, 0x33, 1, 0x0A), P_CLIPU(Format.IMMEDIATE5, 0x33, 2, 0x0A),
    P_CLIPR(Format.REGISTER, 0x33, 5, 0x0A), P_CLIPUR(Format.REGISTER, 0x33, 6, 0x0A),
    P_EXTRACT(Format.FIELD, 0x33, 0, 0x60), P_EXTRACTU(Format.FIELD, 0x33, 1, 0x60),
    P_INSERT(Format.FIELD_INSERT, 0x33, 2, 0x60), P_BCLR(Format.FIELD, 0x33, 3, 0x60),
    P_BSET(Format.FIELD, 0x33, 4, 0x60),
    P_EXTRACTR(Format.REGISTER, 0x33, 0, 0x40), P_EXTRACTUR(Format.REGISTER, 0x33, 1, 0x40),
    P_INSERTR(Format.ACCUMULATE, 0x33, 2, 0x40), P_BCLRR(Format.REGISTER, 0x33, 3, 0x40),
    P_BSETR(Format.REGISTER, 0x33, 4, 0x40),
    P_MAC(Format.ACCUMULATE, 0x33, 0, 0x21), P_MSU(Format.ACCUMULATE, 0x33, 1, 0x21),

    P_MULUN(Format.SHIFTED, 0x5B, 0, 0x00), P_MULHHUN(Format.SHIFTED, 0x5B, 0, 0x20),
    P_MULSN(Format.SHIFTED, 0x5B, 0, 0x40), P_MULHHSN(Format.SHIFTED, 0x5B, 0, 0x60),
    P_MULURN(Format.SHIFTED, 0x5B, 4, 0x00), P_MULHHURN(Format.SHIFTED, 0x5B, 4, 0x20),
    P_MULSRN(Format.SHIFTED, 0x5B, 4, 0x40), P_MULHHSRN(Format.SHIFTED, 0x5B, 4, 0x60),
    P_MACUN(Format.SHIFTED_ACCUMULATE, 0x5B, 1, 0x00), P_MACHHUN(Format.SHIFTED_ACCUMULATE, 0x5B, 1, 0x20),
    P_MACSN(Format.SHIFTED_ACCUMULATE, 0x5B, 1, 0x40), P_MACHHSN(Format.SHIFTED_ACCUMULATE, 0x5B, 1, 0x60),
    P_MACURN(Format.SHIFTED_ACCUMULATE, 0x5B, 5, 0x00), P_MACHHURN(Format.SHIFTED_ACCUMULATE, 0x5B, 5, 0x20),
    P_MACSRN(Format.SHIFTED_ACCUMULATE, 0x5B, 5, 0x40), P_MACHHSRN(Format.SHIFTED_ACCUMULATE, 0x5B, 5, 0x60),
    P_ADDN(Format.SHIFTED, 0x5B, 2, 0x00), P_ADDNR(Format.ACCUMULATE, 0x5B, 2, 0x20),
    P_ADDUN(Format.SHIFTED, 0x5B, 2, 0x40), P_ADDUNR(Format.ACCUMULATE, 0x5B, 2, 0x60),
    P_ADDRN(Format.SHIFTED, 0x5B, 6, 0x00), P_ADDRNR(Format.ACCUMULATE, 0x5B, 6, 0x20),
    P_ADDURN(Format.SHIFTED, 0x5B, 6, 0x40), P_ADDURNR(Format.ACCUMULATE, 0x5B, 6, 0x60),
    P_SUBN(Format.SHIFTED, 0x5B, 3, 0x00), P_SUBNR(Format.ACCUMULATE, 0x5B, 3, 0x20),
    P_SUBUN(Format.SHIFTED, 0x5B, 3, 0x40), P_SUBUNR(Format.ACCUMULATE, 0x5B, 3, 0x60),
    P_SUBRN(Format.SHIFTED, 0x5B, 7, 0x00), P_SUBRNR(Format.ACCUMULATE, 0x5B, 7, 0x20),
    P_SUBURN(Format.SHIFTED, 0x5B, 7, 0x40), P_SUBURNR(Format.ACCUMULATE, 0x5B, 7, 0x60),

    PV_ADD(Format.LANES, 0b000000), PV_SUB(Format.LANES, 0b000010), PV_AVG(Format.LANES, 0b000100),
    PV_AVGU(Format.LANES_UNSIGNED, 0b000110), PV_MIN(Format.LANES, 0b001000),
    PV_MINU(Format.LANES_UNSIGNED, 0b001010), PV_MAX(Format.LANES, 0b001100),
    PV_MAXU(Format.LANES_UNSIGNED, 0b001110), PV_SRL(Format.LANES_UNSIGNED, 0b010000),
    PV_SRA(Format.LANES_UNSIGNED, 0b010010), PV_SLL(Format.LANES_UNSIGNED, 0b010100),
    PV_OR(Format.LANES, 0b010110), PV_XOR(Format.LANES, 0b011000), PV_AND(Format.LANES, 0b011010),
    PV_ABS(Format.LANES_UNARY, 0b011100),
    PV_CMPEQ(Format.LANES, 0b000001), PV_CMPNE(Format.LANES, 0b000011), PV_CMPGT(Format.LANES, 0b000101),
    PV_CMPGE(Format.LANES, 0b000111), PV_CMPLT(Format.LANES, 0b001001), PV_CMPLE(Format.LANES, 0b001011),
    PV_CMPGTU(Format.LANES_UNSIGNED, 0b001101), PV_CMPGEU(Format.LANES_UNSIGNED, 0b001111),
    PV_CMPLTU(Format.LANES_UNSIGNED, 0b010001), PV_CMPLEU(Format.LANES_UNSIGNED, 0b010011),
    PV_DOTSP(Format.LANES, 0b100110), PV_DOTUP(Format.LANES_UNSIGNED, 0b100000), PV_DOTUSP(Format.LANES, 0b100010),
    PV_SDOTSP(Format.LANES_ACCUMULATE, 0b101110), PV_SDOTUP(Format.LANES_ACCUMULATE_UNSIGNED, 0b101000),
    PV_SDOTUSP(Format.LANES_ACCUMULATE, 0b101010),
    PV_EXTRACT(Format.LANE, 0b011110), PV_EXTRACTU(Format.LANE, 0b100100), PV_INSERT(Format.LANE_INSERT, 0b101100),
    PV_SHUFFLE(Format.SHUFFLE, 0b110000), PV_SHUFFLEI1(Format.SHUFFLE_BYTES, 0b111010),
    PV_SHUFFLEI2(Format.SHUFFLE_BYTES, 0b111100), PV_SHUFFLEI3(Format.SHUFFLE_BYTES, 0b111110),
    PV_SHUFFLE2(Format.SHUFFLE2, 0b110010), PV_PACK(Format.PACK, 0b110100),
    PV_PACKHI(Format.PACK_BYTES, 0b110110), PV_PACKLO(Format.PACK_BYTES, 0b111000);

    static final int VECTOR_OPCODE = 0x57;

    /** One way to write an instruction: the word is this operation when {@code (word & mask) == match}. */
    record Encoding(int match, int mask, Op op) {
    }

    private final Format format;
    private final int match;

    Op(Format format, int opcode) {
        this.format = format;
        this.match = format.isVector() ? VECTOR_OPCODE | opcode << 26 : opcode;
    }

    Op(Format format, int opcode, int funct3) {
        this(format, opcode, funct3, 0);
    }

    Op(Format format, int opcode, int funct3, int funct7) {
        this.format = format;
        this.match = opcode | funct3 << 12 | funct7 << 25;
    }

    Format format() {
        return format;
    }

    /** Bits 6..0. */
    int opcode() {
        return match & 0x7F;
    }

    List<Encoding> encodings() {
        List<Encoding> all = new ArrayList<>();
        for (int variant : format.variants()) {
            all.add(new Encoding(match | variant << 12, format.mask(variant), this));
        }
        return all;
    }

    /** A dot product: its result arrives a cycle late. */
    boolean isDotProduct() {
        return ordinal() >= PV_DOTSP.ordinal() && ordinal() <= PV_SDOTUSP.ordinal();
    }

    /** Whether it may not be the last one of a hardware loop: it sets the program counter, or a loop. */
    boolean changesFlow() {
        return opcode() == 0x63 || opcode() == 0x7B || this == JAL || this == JALR;
    }

    /** As an assembler writes it, as far as all its variants have it in common. */
    String mnemonic() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
