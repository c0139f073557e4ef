package qcc.gap8;

import java.util.ArrayList;
import java.util.List;

/** Finds the operation of a word, and refuses words that the chip, or models of it, do not agree on. */
final class Decoder {
    /** The encodings by bits 6..0. */
    private static final List<List<Op.Encoding>> BY_OPCODE = new ArrayList<>();

    static {
        for (int i = 0; i < 128; i++) {
            BY_OPCODE.add(new ArrayList<>());
        }
        for (Op op : Op.values()) {
            for (Op.Encoding encoding : op.encodings()) {
                BY_OPCODE.get(op.opcode()).add(encoding);
            }
        }
    }

    private Decoder() {
    }

    /**
     * The operation of a full-length instruction.
     *
     * @throws Stop when there is none, or when its operands must not be what they are
     */
    static Op decode(int word) {
        for (Op.Encoding encoding : BY_OPCODE.get(word & 0x7F)) {
            if ((word & encoding.mask()) == encoding.match()) {
                refuseMisuse(encoding.op(), word);
                return encoding.op();
            }
        }
        throw Stop.fault("no instruction: " + Memory.hex(word) + ((word & 0x7F) == Op.VECTOR_OPCODE
                ? " (GAP-8's instructions for complex numbers and pv.pack.h.h are not modelled)" : ""));
    }

    private static void refuseMisuse(Op op, int word) {
        int d = word >>> 7 & 31;
        int s = word >>> 15 & 31;
        switch (op.opcode()) {
            case 0x0B -> require(d != s, op, "loads into the register that it increments");
            case 0x7B -> require(d <= 1, op, "names loop " + d + "; there are loops 0 and 1");
            default -> {
            }
        }
        switch (op.format()) {
            case FIELD, FIELD_INSERT -> refuseField(op, word >>> 20 & 31, (word >>> 25 & 31) + 1);
            case LANE, LANE_INSERT -> {
                int lanes = (word >>> 12 & 1) == 0 ? 2 : 4;
                require(Format.unsigned6(word) < lanes, op, "names lane " + Format.unsigned6(word) + " of " + lanes);
            }
            default -> {
            }
        }
        if ((op == Op.PV_DOTUP || op == Op.PV_SDOTUP) && op.format().hasImmediate(word)) {
            require(Format.unsigned6(word) < 32, op, "has an immediate of 32 or more, which models of the core take"
                    + " for different numbers");
        }
    }

    /** Refuses a bit field that reaches past bit 31, and a full word where models of the core disagree about it. */
    static void refuseField(Op op, int position, int width) {
        require(position + width <= 32, op, "has a field of " + width + " bits from bit " + position + " on");
        boolean extracts = op == Op.P_EXTRACT || op == Op.P_EXTRACTU || op == Op.P_EXTRACTR || op == Op.P_EXTRACTUR;
        require(!extracts || width < 32, op, "has a field of 32 bits, about which models of the core disagree");
    }

    private static void require(boolean condition, Op op, String problem) {
        if (!condition) {
            throw Stop.fault("misuse: " + op.mnemonic() + " " + problem);
        }
    }
}
