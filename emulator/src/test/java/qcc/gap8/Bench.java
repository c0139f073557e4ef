package qcc.gap8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Cores of a machine to try instructions on, one after the other, without a firmware. */
final class Bench {
    /** Where the instructions are, and what is used as data; the latter without a conflict over banks. */
    static final int CODE = Memory.L2_BASE + 0x100;
    static final int DATA = Memory.L1_BASE + 0x200;

    final Machine machine;
    final Core core;

    Bench() {
        this(1);
    }

    Bench(int cores) {
        machine = new Machine(cores, CODE, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Path.of(""));
        core = machine.core(0);
    }

    /** Puts instructions at {@link #CODE}. */
    Bench code(int... words) {
        for (int i = 0; i < words.length; i++) {
            put(CODE + 4 * i, words[i]);
        }
        return this;
    }

    Bench with(int register, int value) {
        core.setRegister(register, value);
        return this;
    }

    void put(int address, int word) {
        machine.memory().setWord(Memory.index(address, 4), word);
    }

    int get(int address) {
        return machine.memory().word(Memory.index(address, 4));
    }

    /** Executes that many instructions on core 0 and returns the cycles that they took. */
    long steps(int count) {
        long begin = core.time();
        for (int i = 0; i < count; i++) {
            core.step();
        }
        return core.time() - begin;
    }

    static int r(int opcode, int funct3, int funct7, int d, int s, int t) {
        return funct7 << 25 | t << 20 | s << 15 | funct3 << 12 | d << 7 | opcode;
    }

    static int i(int opcode, int funct3, int d, int s, int immediate) {
        return immediate << 20 | s << 15 | funct3 << 12 | d << 7 | opcode;
    }

    static int addi(int d, int s, int immediate) {
        return i(0x13, 0, d, s, immediate);
    }

    static int lw(int d, int s, int offset) {
        return i(0x03, 2, d, s, offset);
    }

    static int sw(int t, int s, int offset) {
        return r(0x23, 2, offset >> 5, offset & 31, s, t);
    }

    static int beq(int s, int t, int offset) {
        return (offset >> 12 & 1) << 31 | (offset >> 5 & 63) << 25 | t << 20 | s << 15 | (offset >> 1 & 15) << 8
                | (offset >> 11 & 1) << 7 | 0x63;
    }

    /** lp.setup of a loop that ends with the instruction that many bytes behind this one. */
    static int setup(int loop, int s, int end) {
        return i(0x7B, 4, loop, s, end >> 1);
    }

    static int sdotspB(int d, int s, int t) {
        return r(0x57, 1, 0x5C, d, s, t);
    }
}
