package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real firmware in a real Renode; skipped, with the reason, where there is none. */
@Timeout(300)
class RenodeTest {
    private static final Path COMMON = Path.of(System.getProperty("qcc.home"), "targets", "common");
    private static final Map<String, String> CORTEX_M4 = Map.of("@CPU@", "cortex-m4", "@COUNTER@", "",
            "@FLASH_ORIGIN@", "0x00000000", "@FLASH_SIZE@", "0x400000", "@RAM_ORIGIN@", "0x20000000",
            "@RAM_SIZE@", "0x400000");

    @TempDir
    Path directory;
    private Firmware firmware;
    private Emulator renode;

    @BeforeEach
    void platform() throws IOException {
        Firmware.assumeInstalled("renode");
        firmware = new Firmware("cortex-m4", directory);
        String platform = Files.readString(COMMON.resolve("cortex-m.repl"));
        for (Map.Entry<String, String> value : CORTEX_M4.entrySet()) {
            platform = platform.replace(value.getKey(), value.getValue());
        }
        Files.writeString(directory.resolve("m4.repl"), platform);
        renode = Emulators.of("renode m4.repl " + COMMON.resolve("qcc_renode.py"), Tools.system());
    }

    private RunResult run(String source, int seconds) throws IOException {
        return renode.run(firmware.build(source), directory, Duration.ofSeconds(seconds));
    }

    @Test
    void printsReadsAndWritesLikeTheOthers() throws IOException {
        RunResult result = run(TargetsTest.READS_AND_WRITES, 60);

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output()).isEqualTo("one line\nno break");
        assertThat(directory.resolve("out.bin")).hasContent("0123456789");
    }

    @Test
    void passesExitCodesOn() throws IOException {
        assertThat(run("int main(void) { return 3; }", 60).exitCode()).isEqualTo(3);
        assertThat(run("#include \"qcc_io.h\"\nint main(void) { qcc_io_exit(255); }", 60).exitCode()).isEqualTo(255);
    }

    @Test
    void namesFaults() throws IOException {
        RunResult result = run("int main(void) { __asm__ volatile (\"udf #0\"); return 0; }", 60);

        assertThat(result.output()).contains("UsageFault at 0x");
        assertThat(result.exitCode()).isEqualTo(106);
    }

    @Test
    void stopsAFirmwareThatHangs() throws IOException {
        Path elf = firmware.build("#include \"qcc_io.h\"\nint main(void) { qcc_io_print(\"before\\n\"); for (;;) { } }");

        RunResult result = renode.run(elf, directory, Duration.ofSeconds(8));

        assertThat(result.timedOut()).isTrue();
        assertThat(result.output()).isEqualTo("before\n");
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void saysThatTheProcessorWasGivenUp() throws IOException {
        Path elf = firmware.build("int main(void) { ((void (*)(void))0x50000001)(); return 0; }");

        assertThatThrownBy(() -> renode.run(elf, directory, Duration.ofSeconds(60)))
                .isInstanceOf(EmulatorFailed.class).hasMessageContaining("CPU abort");
    }

    @Test
    void saysWhatIsWrongWithAPlatform() throws IOException {
        Path elf = firmware.build("int main(void) { return 0; }");
        Files.writeString(directory.resolve("m4.repl"), "cpu: CPU.NoSuchCpu @ sysbus\n");

        assertThatThrownBy(() -> renode.run(elf, directory, Duration.ofSeconds(60)))
                .isInstanceOf(EmulatorFailed.class).hasMessageContaining("NoSuchCpu");
    }

    /** As where connections are forbidden. */
    @Test
    void runsAlsoWithoutAPort() throws IOException {
        Path launcher = directory.resolve("launcher");
        Files.writeString(launcher, "#!/bin/sh\ncase \"$*\" in *--robot-server-port*) exit 1 ;; esac\nexec '"
                + Tools.system().find("renode") + "' \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        renode = Emulators.of("renode m4.repl " + COMMON.resolve("qcc_renode.py"),
                Tools.of(Map.of("RENODE", launcher.toString())));

        RunResult result = run(TargetsTest.READS_AND_WRITES, 60);
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output()).isEqualTo("one line\nno break");
        assertThat(directory.resolve("out.bin")).hasContent("0123456789");
        assertThat(run("int main(void) { return 124; }", 60).exitCode()).isEqualTo(124);
        assertThat(run("int main(void) { for (;;) { } }", 8).timedOut()).isTrue();
        Path lost = firmware.build("int main(void) { ((void (*)(void))0x50000001)(); return 0; }");
        assertThatThrownBy(() -> renode.run(lost, directory, Duration.ofSeconds(25)))
                .isInstanceOf(EmulatorFailed.class).hasMessageContaining("CPU abort");
    }

    @Test
    void saysThatItWasKilled() throws Exception {
        Path elf = firmware.build("int main(void) { for (;;) { } }");
        Thread killer = new Thread(() -> {
            try {
                Thread.sleep(9000);
            } catch (InterruptedException e) {
                return;
            }
            ProcessHandle.current().descendants().filter(handle -> handle.info().command().orElse("").contains("mono"))
                    .forEach(ProcessHandle::destroyForcibly);
        });
        killer.start();

        assertThatThrownBy(() -> renode.run(elf, directory, Duration.ofSeconds(60)))
                .isInstanceOf(EmulatorFailed.class).hasMessageContaining("Renode was ended while the firmware ran");
    }
}
