package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chip or the models of its core do not agree on stops the machine, with a reason, at that instruction. */
class MisuseTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0x00000000 | 0x0000, execution ran into zeroes",
        "0x00009002 | ebreak",
        "0x00008002 | no instruction: 0x8002",
        "0x00002000 | no instruction: 0x2000",
        "0xFFFFFFFF | no instruction: 0xffffffff",
        "0x00100073 | ebreak",
        "0x00000073 | ecall",
        "0x10500073 | wfi",
        "0x30200073 | no instruction: 0x30200073",
        "0x30001073 | control register 0x300 is written",
        "0x30002573 | there is no control register 0x300",
        "0xD0006057 | pv.pack.h.h are not modelled",
        "0x54000057 | no instruction: 0x54000057",
        "0x0045250B | p.lw.post loads into the register",
        "0x8405757B | no instruction"})
    void instructionsThatThereAreNot(String word, String reason) {
        refuses(Long.decode(word).intValue(), reason.replace("p.lw", "lw"));
    }

    @Test
    void bitFieldsBeyondTheWord() {
        refuses(Bench.r(0x33, 0, 0x60 | 31, 5, 6, 0), "p.extract has a field of 32 bits");
        refuses(Bench.r(0x33, 1, 0x60 | 31, 5, 6, 0), "p.extractu has a field of 32 bits");
        refuses(Bench.r(0x33, 0, 0x60 | 7, 5, 6, 25), "p.extract has a field of 8 bits from bit 25 on");
        refuses(Bench.r(0x33, 2, 0x60 | 15, 5, 6, 17), "p.insert has a field of 16 bits from bit 17 on");
        refuses(Bench.r(0x33, 4, 0x60 | 31, 5, 6, 1), "p.bset has a field of 32 bits from bit 1 on");
        // In registers: x7 is 0x3E0, a width of 32.
        refuses(Bench.r(0x33, 0, 0x40, 5, 6, 7), "p.extractr has a field of 32 bits");
        Bench whole = new Bench().code(Bench.r(0x33, 4, 0x60 | 31, 5, 6, 0));
        whole.steps(1);
        assertThat(whole.core.register(5)).as("p.bset of all bits").isEqualTo(-1);
    }

    @Test
    void unsignedDotProductsWithALargeImmediate() {
        refuses(Bench.r(0x57, 7, 0x40, 5, 6, 16), "pv.dotup has an immediate of 32 or more");
        refuses(Bench.r(0x57, 6, 0x50, 5, 6, 31), "pv.sdotup has an immediate of 32 or more");
    }

    @Test
    void lanesThatThereAreNot() {
        refuses(Bench.r(0x57, 6, 0x3C, 5, 6, 1), "pv.extract names lane 2 of 2");
        refuses(Bench.r(0x57, 7, 0x58, 5, 6, 2), "pv.insert names lane 4 of 4");
    }

    @Test
    void accessesOutsideOfTheMemories() {
        refusesAccess(0, 0, "load from 0x00000000, 4 bytes: neither L1 nor L2 nor a device");
        refusesAccess(Memory.L1_BASE, -1, "load from 0x0fffffff");
        refusesAccess(Memory.L1_BASE, Memory.L1_SIZE - 3, "load from 0x1000fffd");
        refusesAccess(Memory.L2_BASE, -4, "load from 0x1bfffffc");
        refusesAccess(Memory.L2_BASE, Memory.L2_SIZE - 2, "load from 0x1c07fffe");
        refusesAccess(Devices.BASE, 0xFFC, "no device has a register to read");
        refusesAccess(Devices.BASE, 2, "is a word, accessed by 4 bytes");
    }

    @Test
    void aRangeIsInOneMemoryAsAWhole() {
        assertThat(Memory.index(Memory.L2_BASE, Memory.L2_SIZE)).isZero();
        assertThat(Memory.index(Memory.L2_BASE, Memory.L2_SIZE + 1)).isEqualTo(-1);
        assertThat(Memory.index(Memory.L2_BASE + 1, Memory.L2_SIZE)).isEqualTo(-1);
        assertThat(Memory.index(Memory.L1_BASE, Memory.L1_SIZE)).isEqualTo(Memory.L2_SIZE);
        assertThat(Memory.index(Memory.L1_BASE, Memory.L1_SIZE + 1)).isEqualTo(-1);
        assertThat(Memory.index(Memory.L2_BASE + 16, 100_000)).as("more than L1 has").isEqualTo(16);
    }

    @Test
    void stores() {
        Bench bench = new Bench().code(Bench.r(0x23, 0, 0, 0, 10, 5)).with(10, 0x20000000);

        assertThatThrownBy(() -> bench.steps(1)).hasMessageContaining("store to 0x20000000, 1 byte:");
    }

    @Test
    void executionOutsideOfTheMemories() {
        Bench bench = new Bench().code(Bench.i(0x67, 0, 0, 10, 0)).with(10, 0x1000);
        bench.steps(1);

        assertThatThrownBy(() -> bench.steps(1)).hasMessageContaining("execution at 0x00001000");
    }

    @Test
    void theLastHalfwordOfAMemoryMayBeACompressedInstructionOnly() {
        Bench bench = new Bench().code(Bench.i(0x67, 0, 0, 10, 0)).with(10, Memory.L2_BASE + Memory.L2_SIZE - 2);
        bench.put(Memory.L2_BASE + Memory.L2_SIZE - 4, 0x00130001);
        bench.steps(1);

        assertThatThrownBy(() -> bench.steps(1)).hasMessageContaining("reaches past the end");
    }

    @Test
    void changedCodeShowsAfterAFence() {
        Bench bench = new Bench().code(0x0000100F, Bench.addi(5, 5, 1), Bench.beq(7, 0, -4), 0xFF5FF06F);
        bench.steps(3);
        bench.put(Bench.CODE + 4, Bench.addi(5, 5, 100));
        bench.steps(1);
        assertThat(bench.core.register(5)).isEqualTo(2);

        bench.with(7, 1).steps(4);
        assertThat(bench.core.register(5)).isEqualTo(102);
    }

    private static void refusesAccess(int base, int offset, String reason) {
        Bench bench = new Bench().code(Bench.lw(5, 10, 0)).with(10, base + offset);

        assertThatThrownBy(() -> bench.steps(1)).isInstanceOf(Stop.class).hasMessageContaining(reason);
    }

    private static void refuses(int word, String reason) {
        Bench bench = new Bench().code(word).with(7, 0x3E0);

        assertThatThrownBy(() -> bench.steps(1)).isInstanceOf(Stop.class).hasMessageContaining(reason);
        assertThat(bench.core.pc()).as("stays at the instruction").isEqualTo(Bench.CODE);
    }
}
