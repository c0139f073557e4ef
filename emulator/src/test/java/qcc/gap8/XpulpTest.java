package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every instruction of XpulpV2 that computes, against its definition, over edge and random operands. */
class XpulpTest {
    private static final int TRIALS = 400;
    private static final int[] EDGES = {0, 1, 2, 3, 31, 32, 127, 128, 255, 256, 32767, 32768, 65535, 65536,
        0x7FFFFFFF, 0x80000000, 0x80000001, -1, -2, -32, -128, -129, -32768, -32769, 0x80808080, 0x7F7F7F7F,
        0x80008000, 0x7FFF7FFF, 0x01010101, 0x03020100, 0x55555555};
    private static final List<String> COMPUTING = List.of("d,s", "d,s,t", "d,s,bi", "d,s,b5,bi", "d,s,t,b5", "d,s,bs",
            "d,s,bu", "d,s,bU", "d,s,bf", "d,s,bF");

    static Stream<XpulpTable.Row> computing() {
        return XpulpTable.rows().stream().filter(row -> COMPUTING.contains(row.operands())
                && !XpulpTable.isRefused(row));
    }

    static Stream<XpulpTable.Row> refused() {
        return XpulpTable.rows().stream().filter(XpulpTable::isRefused);
    }

    @ParameterizedTest
    @MethodSource
    void computing(XpulpTable.Row row) {
        Random random = new Random(row.name().hashCode());
        Bench bench = new Bench();
        for (int trial = 0; trial < TRIALS; trial++) {
            for (int register = 1; register < 32; register++) {
                bench.with(register, operand(random));
            }
            // Some instructions take few numbers from a register, such as a field within the word.
            int word = row.match() | random.nextInt() & ~row.mask();
            word = permitted(row, word, bench.core, random);
            bench.put(bench.core.pc(), word);
            int s = word >>> 15 & 31;
            int t = word >>> 20 & 31;
            int d = word >>> 7 & 31;
            int expected = expected(row, word, bench.core.register(s), bench.core.register(t),
                    bench.core.register(d));
            String before = String.format("%s 0x%08x: s 0x%08x, t 0x%08x, d 0x%08x", row.name(), word,
                    bench.core.register(s), bench.core.register(t), bench.core.register(d));

            bench.steps(1);

            assertThat(bench.core.register(d)).as(before).isEqualTo(d == 0 ? 0 : expected);
        }
    }

    @ParameterizedTest
    @MethodSource
    void refused(XpulpTable.Row row) {
        Bench bench = new Bench().code(row.match());

        assertThatThrownBy(() -> bench.steps(1)).isInstanceOf(Stop.class).hasMessageContaining("no instruction")
                .hasMessageContaining("not modelled");
        assertThat(bench.core.pc()).isEqualTo(Bench.CODE);
    }

    private static int operand(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextInt() >> random.nextInt(32);
            default -> random.nextInt();
        };
    }

    /** Replaces what the core must refuse: see {@link MisuseTest}. */
    private static int permitted(XpulpTable.Row row, int word, Core core, Random random) {
        int most = row.name().matches("p\\.extract.*") ? 31 : 32;
        if (row.operands().equals("d,s,b5,bi")) {
            int position = random.nextInt(32);
            int width = 1 + random.nextInt(Math.min(most, 32 - position));
            return row.match() | word & 0x000F8F80 | (width - 1) << 25 | position << 20;
        }
        if (row.name().matches("p\\.(extractu?|insert|bset|bclr)r")) {
            int position = random.nextInt(32);
            int width = 1 + random.nextInt(Math.min(most, 32 - position));
            int t = 1 + random.nextInt(31);
            core.setRegister(t, random.nextInt() << 10 | (width - 1) << 5 | position);
            return word & ~(31 << 20) | t << 20;
        }
        return switch (row.operands()) {
            case "d,s,bf" -> word & ~(31 << 20);
            case "d,s,bF" -> word & ~(30 << 20);
            case "d,s,bu" -> row.name().contains("dotup") ? word & ~(1 << 24) : word;
            default -> word;
        };
    }

    private static int expected(XpulpTable.Row row, int word, int s, int t, int d) {
        if (row.name().startsWith("pv.")) {
            return VectorDefinition.of(row.name(), s, t, d, (word >>> 20 & 31) * 2 + (word >>> 25 & 1));
        }
        XpulpDefinition.Scalar definition = XpulpDefinition.of(row.name());
        if (definition != null) {
            return (int) definition.of(s, t, d, word >>> 25 & 31, word >>> 20 & 31);
        }
        return Math.toIntExact(RiscvDefinition.multiply(row.name(), s, t));
    }
}
