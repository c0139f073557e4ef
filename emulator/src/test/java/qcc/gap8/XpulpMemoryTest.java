package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loads, stores, branches and loop set-ups of XpulpV2. */
class XpulpMemoryTest {
    private static final int TRIALS = 200;

    static Stream<XpulpTable.Row> loads() {
        return XpulpTable.rows().stream().filter(row -> row.operands().matches("d,[ot]\\(s!?\\)"));
    }

    static Stream<XpulpTable.Row> stores() {
        return XpulpTable.rows().stream().filter(row -> row.operands().matches("t,[qd]\\(s!?\\)"));
    }

    @Test
    void haveAllInstructionsOfTheTableInSomeTest() {
        long others = XpulpTable.rows().stream().filter(row -> row.operands().matches("d?i,.*|s,bI,p")).count();

        assertThat(loads().count() + stores().count() + XpulpTest.computing().count() + XpulpTest.refused().count()
                + others).isEqualTo(XpulpTable.rows().size());
    }

    @ParameterizedTest
    @MethodSource
    void loads(XpulpTable.Row row) {
        Random random = new Random(row.match());
        Bench bench = new Bench();
        for (int i = 0; i < TRIALS; i++) {
            boolean post = row.operands().contains("!");
            boolean immediate = row.operands().contains("o");
            int d = random.nextInt(32);
            int s = other(random, d);
            int t = immediate ? random.nextInt(32) : other(random, s);
            int offset = random.nextInt(512) - 256;
            int base = Bench.DATA + 1024 + random.nextInt(1024);
            int address = post ? base : base + offset;
            int low = random.nextInt();
            int high = random.nextInt();
            bench.put(address & ~3, low);
            bench.put((address & ~3) + 4, high);
            bench.with(s, base);
            if (!immediate) {
                bench.with(t, offset);
            }
            bench.put(bench.core.pc(), immediate ? row.match() | offset << 20 | s << 15 | d << 7
                    : row.match() | t << 20 | s << 15 | d << 7);

            bench.steps(1);

            int bytes = (int) ((Integer.toUnsignedLong(low) + (((long) high) << 32)) >> (address & 3) * 8);
            int expected = switch (row.name()) {
                case "p.lb" -> (byte) bytes;
                case "p.lbu" -> bytes & 0xFF;
                case "p.lh" -> (short) bytes;
                case "p.lhu" -> bytes & 0xFFFF;
                default -> bytes;
            };
            assertThat(bench.core.register(d)).as(row + " to x" + d).isEqualTo(d == 0 ? 0 : expected);
            if (post || s != d) {
                assertThat(bench.core.register(s)).as(row + " base x" + s).isEqualTo(post ? base + offset : base);
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void stores(XpulpTable.Row row) {
        Random random = new Random(row.match());
        Bench bench = new Bench();
        for (int i = 0; i < TRIALS; i++) {
            boolean post = row.operands().contains("!");
            boolean immediate = row.operands().contains("q");
            int d = 1 + random.nextInt(31);
            int s = other(random, d);
            int t = other(random, s);
            int offset = t == d && !immediate ? Math.floorMod(random.nextInt(), 256) : random.nextInt(512) - 256;
            int base = Bench.DATA + 1024 + random.nextInt(1024);
            int address = post ? base : base + offset;
            bench.put(address & ~3, 0x11223344);
            bench.put((address & ~3) + 4, 0x55667788);
            bench.with(s, base).with(t, random.nextInt());
            if (!immediate) {
                bench.with(d, offset);
            }
            int value = bench.core.register(t);
            bench.put(bench.core.pc(), row.match() | t << 20 | s << 15
                    | (immediate ? (offset & 31) << 7 | (offset >> 5) << 25 : d << 7));

            bench.steps(1);

            int size = switch (row.name()) {
                case "p.sb" -> 1;
                case "p.sh" -> 2;
                default -> 4;
            };
            byte[] expected = {0x44, 0x33, 0x22, 0x11, (byte) 0x88, 0x77, 0x66, 0x55};
            for (int k = 0; k < size; k++) {
                expected[(address & 3) + k] = (byte) (value >> 8 * k);
            }
            assertThat(bench.machine.memory().get(Memory.index(address & ~3, 8), 8)).as(row.toString())
                    .containsExactly(expected);
            assertThat(bench.core.register(s)).as(row.toString()).isEqualTo(post ? base + offset : base);
        }
    }

    @Test
    void branchesCompareWithASmallNumber() {
        for (int number = -16; number < 16; number++) {
            for (int value = -20; value < 20; value++) {
                for (boolean equal : new boolean[] {true, false}) {
                    Core core = new Bench().code(Bench.beq(6, number & 31, 64) | (equal ? 2 : 3) << 12).with(6, value)
                            .core;
                    core.step();
                    assertThat(core.pc() - Bench.CODE).isEqualTo((value == number) == equal ? 64 : 4);
                }
            }
        }
    }

    private static int other(Random random, int than) {
        int register = 1 + random.nextInt(31);
        return register == than ? other(random, than) : register;
    }
}
