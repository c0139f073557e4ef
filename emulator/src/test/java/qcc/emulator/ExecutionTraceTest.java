package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log of QEMU says about a run, and the prices of instructions. */
class ExecutionTraceTest {
    private static final CycleModel MODEL = new CycleModel(2, 1, 3, 3);

    /** A loop of three instructions that runs twice, and what is behind it. */
    private static final String LOOP = """
            ----------------
            IN: loop
            0x00000100:  6803       ldr      r3, [r0]
            0x00000102:  f8d1 2004  ldr.w    r2, [r1, #4]
            0x00000106:  d1fb       bne      #0x100

            Trace 0: 0x7f00 [00800408/00000100/00000110/ff000200] loop
            Trace 0: 0x7f00 [00800408/00000100/00000110/ff000200] loop
            ----------------
            IN:\s
            0x00000108:  e8bd 83f0  pop.w    {r4, r5, r6, r7, r8, sb, pc}

            Trace 0: 0x7f40 [00800408/00000108/00000110/ff000200]\s
            Trace 0: 0x7f00 [00800408/00000100/00000110/ff000200] loop
            """;

    @TempDir
    private Path folder;

    private List<String> read(String log) throws IOException {
        Path file = Files.writeString(folder.resolve("trace.log"), log);
        List<String> entered = new ArrayList<>();
        ExecutionTrace.read(file, MODEL, (address, expected, instructions, cycles) -> entered
                .add(String.format("%x after %x: %d, %d", address, expected, instructions, cycles)));
        return entered;
    }

    @Test
    void blocksThatFollowOneAnotherSayWhichBranchesWereTaken() throws IOException {
        assertThat(read(LOOP)).containsExactly("100 after 100: 0, 0", "100 after 108: 3, 6", "108 after 108: 6, 10",
                "100 after 10c: 7, 20");
    }

    @Test
    void logsOfSomethingElseAreRefused() {
        assertThatThrownBy(() -> read("")).isInstanceOf(MalformedFile.class);
        assertThatThrownBy(() -> read("Trace 0: 0x7f00 [0/00000100/0/0] loop\n")).isInstanceOf(MalformedFile.class)
                .hasMessageContaining("0x100");
    }

    @Test
    void instructionsHaveTheirPrices() {
        assertThat(MODEL.cycles("ldrb", "r0, [r1]", false)).isEqualTo(2);
        assertThat(MODEL.cycles("ldrsh", "r0, [r1]", true)).isEqualTo(1);
        assertThat(MODEL.cycles("ldrd", "r0, r1, [r2]", true)).isEqualTo(3);
        assertThat(MODEL.cycles("str", "r0, [r1]", false)).isEqualTo(1);
        assertThat(MODEL.cycles("ldmia", "r0!, {r1, r2, r3}", false)).isEqualTo(4);
        assertThat(MODEL.cycles("push", "{r4, r5, r6, lr}", false)).isEqualTo(5);
        assertThat(MODEL.cycles("smlad", "r0, r1, r2, r0", false)).isEqualTo(1);
    }
}
