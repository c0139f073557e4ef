package qcc.gap8;

import java.util.Arrays;

/**
 * The instructions in memory, decoded at most once each. A slot is half the {@linkplain Memory#index index} of an
 * instruction's first byte. What stores change shows after {@code fence.i}, as RISC-V has it.
 */
final class Code {
    /** Second operands of vector instructions; 0 where an instruction has no lanes. */
    static final int NO_LANES = 0;
    static final int LANES = 1;
    static final int SCALAR = 2;
    static final int IMMEDIATE = 3;

    private final Memory memory;
    private final Op[] ops = new Op[Memory.SIZE / 2];
    /** d in bits 4..0, s in 9..5, t in 14..10, bytes of the instruction in 17..15, second operand in 19..18, lane
     * width from 20 on. */
    private final int[] fields = new int[Memory.SIZE / 2];
    private final int[] immediates = new int[Memory.SIZE / 2];
    private final int[] reads = new int[Memory.SIZE / 2];
    private final int[] late = new int[Memory.SIZE / 2];
    /** The last slot of the loop that begins in a slot and was found to keep the rules, else 0. */
    private final int[] checkedLoops = new int[Memory.SIZE / 2];

    Code(Memory memory) {
        this.memory = memory;
    }

    /**
     * The slot of the instruction at an address, which is decoded now.
     *
     * @throws Stop when there is no instruction or one that must not be
     */
    int slot(int address) {
        int index = Memory.index(address, 2);
        if (index < 0) {
            throw Stop.fault("execution at " + Memory.hex(address) + ", which is neither in L1 nor in L2");
        }
        int slot = index >>> 1;
        if (ops[slot] == null) {
            decode(slot, index, address);
        }
        return slot;
    }

    private void decode(int slot, int index, int address) {
        int half = memory.halfword(index) & 0xFFFF;
        boolean full = (half & 3) == 3;
        if (full && Memory.index(address, 4) < 0) {
            throw Stop.fault("the instruction reaches past the end of the memory");
        }
        int word = full ? memory.word(index) : Compressed.expand(half);
        if (word == 0) {
            throw Stop.fault(half == 0 ? "no instruction: 0x0000, execution ran into zeroes"
                    : String.format("no instruction: 0x%04x", half));
        }
        Op op = Decoder.decode(word);
        fields[slot] = word >>> 7 & 31 | (word >>> 15 & 31) << 5 | (word >>> 20 & 31) << 10 | (full ? 4 : 2) << 15
                | secondOperand(op, word) << 18 | ((word >>> 12 & 1) == 0 ? 16 : 8) << 20;
        immediates[slot] = op.format().immediate(word);
        reads[slot] = op.format().reads(word);
        late[slot] = late(op, word);
        ops[slot] = op;
    }

    private static int secondOperand(Op op, int word) {
        if (!op.format().isVector()) {
            return NO_LANES;
        }
        int variant = word >>> 12 & 7;
        // pv.pack.l.h is in the place of a scalar variant, but is none.
        return variant >= 6 ? IMMEDIATE : variant >= 4 && op != Op.PV_PACK ? SCALAR : LANES;
    }

    /** The registers that have their new value too late for the next instruction: see {@link Timing}. */
    private static int late(Op op, int word) {
        int d = 1 << (word >>> 7 & 31);
        int s = 1 << (word >>> 15 & 31);
        int set = switch (op.opcode()) {
            case 0x03 -> d;
            case 0x0B -> d | s;
            case 0x2B -> s;
            default -> op.isDotProduct() ? d : 0;
        };
        return set & ~1;
    }

    Op op(int slot) {
        return ops[slot];
    }

    int fields(int slot) {
        return fields[slot];
    }

    int immediate(int slot) {
        return immediates[slot];
    }

    int reads(int slot) {
        return reads[slot];
    }

    int late(int slot) {
        return late[slot];
    }

    /** The length of an instruction in bytes. */
    static int size(int fields) {
        return fields >>> 15 & 7;
    }

    /** The register that an instruction writes, apart from one that it increments; 0 for none. */
    int written(int slot) {
        int opcode = ops[slot].opcode();
        return opcode == 0x23 || opcode == 0x2B || opcode == 0x63 || opcode == 0x7B ? 0 : fields[slot] & 31;
    }

    /**
     * Refuses a hardware loop that the core does not define: the body has at least two instructions, the end is the
     * address of the last one, and that one is neither a jump or branch nor sets a loop.
     */
    void checkLoop(int start, int end) {
        int first = slot(start);
        int index = Memory.index(end, 2);
        if (index >= 0 && checkedLoops[first] == index >>> 1 && index != 0) {
            return;
        }
        if (Integer.compareUnsigned(end, start) <= 0) {
            throw Stop.fault("misuse: a hardware loop from " + Memory.hex(start) + " to " + Memory.hex(end)
                    + " has fewer than two instructions");
        }
        int at = start;
        while (Integer.compareUnsigned(at, end) < 0) {
            at += size(fields[slot(at)]);
        }
        if (at != end) {
            throw Stop.fault("misuse: the hardware loop from " + Memory.hex(start) + " ends at " + Memory.hex(end)
                    + ", within an instruction");
        }
        Op last = ops[slot(end)];
        if (last.changesFlow()) {
            throw Stop.fault("misuse: the hardware loop from " + Memory.hex(start) + " ends with " + last.mnemonic()
                    + " at " + Memory.hex(end));
        }
        checkedLoops[first] = slot(end);
    }

    /** Forgets what is decoded: memory may hold other instructions now. */
    void forget() {
        Arrays.fill(ops, null);
        Arrays.fill(checkedLoops, 0);
    }
}
