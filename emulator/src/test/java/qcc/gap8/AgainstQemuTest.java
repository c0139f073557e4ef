package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.emulator.Emulators;
import qcc.emulator.RunResult;
import qcc.emulator.Tools;

/** Random programs of RV32IMC leave the same registers and memory in the simulator and in QEMU. */
@Timeout(120)
class AgainstQemuTest {
    private static final String QEMU = "qemu-system-riscv32";
    private static final int QEMU_RAM = 0x80000000;
    private static final int BLOCKS = 40;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomProgramsDoTheSame(long seed) throws IOException {
        Programs.assumeInstalled(QEMU);
        String source = new RandomProgram(new Random(seed)).source(BLOCKS);
        List<String> files = List.of(Files.writeString(directory.resolve("program.S"), source).toString());

        RunResult expected = Emulators.of(QEMU + " -M virt -bios none", Tools.system())
                .run(Programs.link(directory, "qemu.elf", QEMU_RAM, files), directory, Duration.ofSeconds(60));
        Programs.Run actual = Programs.run("--cores", "1",
                Programs.link(directory, "gap8.elf", Memory.L2_BASE, files).toString());

        assertThat(expected.exitCode()).as(expected.output() + expected.diagnostics()).isZero();
        assertThat(actual.exitCode()).as(actual.report()).isZero();
        assertThat(expected.output().lines().count()).isEqualTo(BLOCKS);
        assertThat(actual.output().lines().toList()).isEqualTo(expected.output().lines().toList());
    }
}
