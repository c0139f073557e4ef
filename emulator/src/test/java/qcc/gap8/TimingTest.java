package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cycles of single instructions and of sequences in which one waits for another. */
class TimingTest {
    private static final int NOP = 0x13;
    private static final int ADD_5_6_7 = Bench.r(0x33, 0, 0, 5, 6, 7);

    @Test
    void plainInstructionsTakeOneCycle() {
        assertThat(cycles(NOP, ADD_5_6_7, NOP)).isEqualTo(3);
        assertThat(cycles(Bench.r(0x33, 0, 1, 5, 6, 7), Bench.r(0x33, 0, 0x21, 5, 6, 7))).as("mul, p.mac").isEqualTo(2);
        assertThat(cycles(Bench.lw(5, 10, 0), Bench.sw(6, 10, 4), NOP)).isEqualTo(3);
    }

    @Test
    void usingALoadedValueAtOnceCostsACycle() {
        assertThat(cycles(Bench.lw(6, 10, 0), ADD_5_6_7)).isEqualTo(3);
        assertThat(cycles(Bench.lw(6, 10, 0), NOP, ADD_5_6_7)).isEqualTo(3);
        assertThat(cycles(Bench.lw(8, 10, 0), ADD_5_6_7)).isEqualTo(2);
        assertThat(cycles(Bench.lw(6, 10, 0), Bench.sw(6, 10, 4))).as("as what is stored").isEqualTo(3);
        assertThat(cycles(Bench.lw(0, 10, 0), Bench.addi(5, 0, 1))).as("x0 is never late").isEqualTo(2);
    }

    @Test
    void usingAnIncrementedAddressAtOnceCostsACycle() {
        int load = Bench.i(0x0B, 2, 6, 10, 4);
        assertThat(cycles(load, Bench.addi(5, 10, 0))).isEqualTo(3);
        assertThat(cycles(load, Bench.i(0x0B, 2, 7, 12, 4))).isEqualTo(2);
        int store = Bench.r(0x2B, 2, 0, 4, 10, 6);
        assertThat(cycles(store, Bench.addi(5, 10, 0))).isEqualTo(3);
        assertThat(cycles(store, NOP)).isEqualTo(2);
    }

    @Test
    void usingADotProductAtOnceCostsACycle() {
        assertThat(cycles(Bench.sdotspB(5, 6, 7), Bench.sdotspB(5, 6, 7))).as("the same sum").isEqualTo(3);
        assertThat(cycles(Bench.sdotspB(5, 6, 7), Bench.sdotspB(8, 6, 7))).isEqualTo(2);
        assertThat(cycles(Bench.r(0x57, 1, 0x4C, 5, 6, 7), Bench.addi(8, 5, 0))).as("pv.dotsp.b").isEqualTo(3);
        assertThat(cycles(Bench.r(0x57, 1, 0, 5, 6, 7), Bench.addi(8, 5, 0))).as("pv.add.b").isEqualTo(2);
    }

    @Test
    void branchesAndJumps() {
        assertThat(cycles(Bench.beq(0, 0, 8))).as("taken").isEqualTo(3);
        assertThat(cycles(Bench.beq(0, 10, 8))).as("not taken").isEqualTo(1);
        assertThat(cycles(0x0080006F)).as("jal").isEqualTo(2);
        int jalr = Bench.i(0x67, 0, 0, 11, 0);
        assertThat(cycles(NOP, jalr)).isEqualTo(1 + 2);
        assertThat(cycles(Bench.addi(11, 11, 0), jalr)).as("on a register just written").isEqualTo(1 + 5);
        assertThat(cycles(Bench.sw(11, 10, 11), jalr)).as("on a register just stored").isEqualTo(1 + 2 + 1);
    }

    @Test
    void halfProductsTakeFive() {
        for (int funct3 = 1; funct3 <= 3; funct3++) {
            assertThat(cycles(Bench.r(0x33, funct3, 1, 5, 6, 7))).isEqualTo(5);
        }
    }

    /** The core subtracts once for every leading zero that the divisor's magnitude has. */
    @ParameterizedTest
    @CsvSource({"0, 35", "1, 34", "-1, 34", "2, 33", "-2, 33", "3, 33", "1000, 25", "2147483647, 4", "-2147483648, 3"})
    void divisionsTakeUpTo35(int divisor, long expected) {
        for (int funct3 : new int[] {4, 6}) {
            assertThat(new Bench().code(Bench.r(0x33, funct3, 1, 5, 6, 7)).with(6, 1234567).with(7, divisor).steps(1))
                    .isEqualTo(expected);
        }
        long unsigned = 3 + Integer.numberOfLeadingZeros(divisor);
        for (int funct3 : new int[] {5, 7}) {
            assertThat(new Bench().code(Bench.r(0x33, funct3, 1, 5, 6, 7)).with(6, -5).with(7, divisor).steps(1))
                    .isEqualTo(unsigned);
        }
    }

    @Test
    void dataInTwoWordsCostMore() {
        assertThat(cycles(Bench.lw(5, 10, 2))).isEqualTo(3);
        assertThat(cycles(Bench.sw(5, 10, 2))).isEqualTo(2);
        assertThat(cycles(Bench.i(0x03, 1, 5, 10, 1))).as("a halfword within a word").isEqualTo(1);
        assertThat(cycles(Bench.i(0x03, 1, 5, 10, 3))).as("a halfword in two words").isEqualTo(3);
    }

    @Test
    void l2IsFarFromTheClusterAndL1FromTheFabricController() {
        Bench bench = new Bench().code(Bench.lw(5, 10, 0), Bench.lw(6, 11, 0)).with(10, Bench.DATA)
                .with(11, Memory.L2_BASE + 0x4000);
        assertThat(bench.steps(1)).isEqualTo(1);
        assertThat(bench.steps(1)).isEqualTo(1 + Timing.REMOTE_ACCESS);

        Core fabric = bench.machine.core(Core.FABRIC_CONTROLLER);
        fabric.setRegister(10, Bench.DATA + 4);
        fabric.setRegister(11, Memory.L2_BASE + 0x4000);
        fabric.step();
        assertThat(fabric.time()).isEqualTo(1 + Timing.REMOTE_ACCESS);
        fabric.step();
        assertThat(fabric.time()).isEqualTo(2 + Timing.REMOTE_ACCESS);
    }

    /** Six loads and eight dot products for 32 products, on each core. */
    @Test
    void theInnerKernelTakes14CyclesForAPass() {
        int[] code = new int[16];
        code[0] = Bench.setup(0, 5, 14 * 4);
        for (int i = 0; i < 6; i++) {
            code[1 + i] = Bench.i(0x0B, 2, 20 + i, 10 + i, 4);
        }
        // Sums in registers that nothing else uses.
        int[] sums = {6, 7, 8, 9, 26, 27, 28, 29};
        for (int i = 0; i < 8; i++) {
            code[7 + i] = Bench.sdotspB(sums[i], 20 + i % 4, 24 + i / 4);
        }
        code[15] = NOP;
        Bench bench = new Bench().code(code).with(5, 100);
        for (int i = 0; i < 6; i++) {
            bench.with(10 + i, Bench.DATA + 1024 * i);
        }

        assertThat(bench.steps(1 + 14 * 100)).isEqualTo(1 + 14 * 100);
    }

    private static long cycles(int... code) {
        return new Bench().code(code).with(10, Bench.DATA).with(11, Bench.CODE + 16).with(12, Bench.DATA + 64)
                .steps(code.length);
    }
}
