package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hardware loops: how often they run, what they cost, and what they must not hold. */
class HardwareLoopTest {
    private static final int NOP = 0x13;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void runsItsBodyThatOftenWithoutAnyCost(int count) {
        Bench bench = new Bench().code(Bench.setup(0, 5, 8), Bench.addi(6, 6, 1), Bench.addi(7, 7, 2), NOP)
                .with(5, count);

        long cycles = bench.steps(1 + 2 * count);

        assertThat(bench.core.register(6)).isEqualTo(count);
        assertThat(bench.core.register(7)).isEqualTo(2 * count);
        assertThat(bench.core.pc()).isEqualTo(Bench.CODE + 12);
        assertThat(cycles).isEqualTo(1 + 2L * count);
    }

    @Test
    void runsItsBodyOnceForACountOfZero() {
        Bench bench = new Bench().code(Bench.setup(0, 5, 8), Bench.addi(6, 6, 1), NOP, NOP);

        bench.steps(4);

        assertThat(bench.core.register(6)).isEqualTo(1);
        assertThat(bench.core.pc()).isEqualTo(Bench.CODE + 16);
    }

    @Test
    void nests() {
        // Both loops end with the same instruction: 4 times (3 times 2 instructions, and one before).
        Bench bench = new Bench().code(Bench.setup(1, 5, 16), Bench.setup(0, 6, 12), Bench.addi(8, 8, 1),
                Bench.addi(9, 9, 1), Bench.addi(10, 10, 1), NOP).with(5, 4).with(6, 3);
        // The inner loop ends one instruction before the outer one.
        bench.put(Bench.CODE + 4, Bench.setup(0, 6, 8));

        bench.steps(1 + 4 * (1 + 3 * 2 + 1));

        assertThat(bench.core.register(8)).isEqualTo(12);
        assertThat(bench.core.register(9)).isEqualTo(12);
        assertThat(bench.core.register(10)).isEqualTo(4);
        assertThat(bench.core.pc()).isEqualTo(Bench.CODE + 20);
    }

    @Test
    void nestsWithACommonEnd() {
        Bench bench = new Bench().code(Bench.setup(1, 5, 12), Bench.setup(0, 6, 8), Bench.addi(8, 8, 1),
                Bench.addi(9, 9, 1), NOP).with(5, 4).with(6, 3);

        bench.steps(1 + 4 * (1 + 3 * 2));

        assertThat(bench.core.register(8)).isEqualTo(12);
        assertThat(bench.core.pc()).isEqualTo(Bench.CODE + 16);
    }

    @Test
    void isSetUpInParts() {
        // lp.starti 0, 12; lp.endi 0, 12 further on; lp.counti 0, 7.
        Bench bench = new Bench().code(Bench.i(0x7B, 0, 0, 0, 6), Bench.i(0x7B, 1, 0, 0, 6), Bench.i(0x7B, 3, 0, 0, 7),
                Bench.addi(6, 6, 1), NOP, NOP);

        bench.steps(3 + 14);

        assertThat(bench.core.register(6)).isEqualTo(7);
        assertThat(bench.core.pc()).isEqualTo(Bench.CODE + 20);
    }

    @Test
    void takesItsCountFromARegisterOrTheInstruction() {
        // lp.setupi 0, 2047, 8 behind.
        Bench bench = new Bench().code(Bench.i(0x7B, 5, 0, 4, 2047), Bench.addi(6, 6, 1), NOP);
        bench.steps(1 + 2 * 2047);
        assertThat(bench.core.register(6)).isEqualTo(2047);

        // lp.starti, lp.endi, lp.count 1, x5.
        Bench other = new Bench().code(Bench.i(0x7B, 0, 1, 0, 6), Bench.i(0x7B, 1, 1, 0, 6), Bench.i(0x7B, 2, 1, 5, 0),
                Bench.addi(6, 6, 1), NOP).with(5, 3);
        other.steps(3 + 6);
        assertThat(other.core.register(6)).isEqualTo(3);
    }

    @Test
    void refusesABodyOfOneInstruction() {
        refuses("fewer than two instructions", Bench.setup(0, 5, 4), NOP, NOP);
    }

    @Test
    void refusesABranchAtTheEnd() {
        refuses("ends with beq", Bench.setup(0, 5, 8), NOP, Bench.beq(0, 6, 8));
        refuses("ends with jal", Bench.setup(0, 5, 8), NOP, 0x0000006F);
        refuses("ends with lp.counti", Bench.setup(0, 5, 8), NOP, Bench.i(0x7B, 3, 1, 0, 7));
    }

    @Test
    void refusesAnEndWithinAnInstruction() {
        refuses("within an instruction", Bench.setup(0, 5, 10), NOP, NOP, NOP);
    }

    @Test
    void refusesALoopThatThereIsNot() {
        refuses("names loop 2", Bench.setup(2, 5, 8), NOP, NOP);
    }

    @Test
    void refusesLoopsThatCrossOrAreTheWrongWayRound() {
        Bench wrong = new Bench().code(Bench.setup(0, 5, 16), Bench.setup(1, 5, 8), NOP, NOP, NOP).with(5, 3);

        assertThatThrownBy(() -> wrong.steps(2)).isInstanceOf(Stop.class)
                .hasMessageContaining("hardware loop 0").hasMessageContaining("is not inside loop 1");
    }

    private static void refuses(String problem, int... code) {
        Bench bench = new Bench().code(code).with(5, 3);

        assertThatThrownBy(() -> bench.steps(1)).isInstanceOf(Stop.class).hasMessageContaining("misuse")
                .hasMessageContaining(problem);
    }
}
