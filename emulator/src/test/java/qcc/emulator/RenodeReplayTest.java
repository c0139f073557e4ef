package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How qcc talks to Renode, against what a real one (1.16.1) answered: {@code resources/qcc/emulator/renode}. */
@Timeout(120)
class RenodeReplayTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/qcc/emulator/renode").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path temporary;
    private Path directory;
    private Path elf;

    @BeforeEach
    void files() throws IOException {
        directory = Files.createDirectory(temporary.resolve("rec")); // as in the recordings
        elf = Files.writeString(directory.resolve("firmware.elf"), "");
        for (String name : List.of("m4.repl", "bad.repl", "qcc_renode.py")) {
            Files.writeString(directory.resolve(name), "");
        }
    }

    /** Renode's launcher is a script that starts another process, as the real one is. */
    private Emulator renode(String recording, FakeRenode.Mishap mishap, String platform) throws IOException {
        return launcher("echo started >>'" + directory.resolve("starts") + "'\n'"
                + ProcessHandle.current().info().command().orElseThrow() + "' -Xshare:auto -cp '"
                + System.getProperty("java.class.path") + "' qcc.emulator.FakeRenode '" + RECORDINGS.resolve(recording)
                + "' " + mishap + " \"$@\"\n", platform);
    }

    private Emulator launcher(String script, String platform) throws IOException {
        Path launcher = directory.resolve("renode");
        Files.writeString(launcher, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Emulators.of("renode " + platform + " qcc_renode.py", Tools.of(Map.of("RENODE", launcher.toString())));
    }

    private RunResult run(FakeRenode.Mishap mishap, Duration limit) throws IOException {
        return renode("runs.txt", mishap, "m4.repl").run(elf, directory, limit);
    }

    private void assertNothingIsLeft() {
        assertThat(ProcessHandle.current().descendants().map(handle -> handle.info().commandLine().orElse(""))
                .filter(line -> line.contains(directory.toString()))).isEmpty();
    }

    @Test
    void oneProcessServesManyFirmwares() throws IOException {
        Emulator renode = renode("runs.txt", FakeRenode.Mishap.NONE, "m4.repl");

        for (int i = 0; i < 3; i++) {
            RunResult result = renode.run(elf, directory, LIMIT);
            assertThat(result.exitCode()).isEqualTo(7);
            assertThat(result.timedOut()).isFalse();
            assertThat(result.output()).isEqualTo("hello\n");
        }
        assertThat(directory.resolve("starts")).hasContent("started");
    }

    @Test
    void saysWhatIsWrongWithAPlatform() throws IOException {
        Emulator renode = renode("refuses.txt", FakeRenode.Mishap.NONE, "bad.repl");

        assertThatThrownBy(() -> renode.run(elf, directory, LIMIT)).isInstanceOf(EmulatorFailed.class)
                .hasMessageContaining("Could not resolve type: 'CPU.NoSuchCpu'");
        assertNothingIsLeft();
    }

    @Test
    void saysThatItWasKilled() {
        assertThatThrownBy(() -> run(FakeRenode.Mishap.DIES, LIMIT)).isInstanceOf(EmulatorFailed.class)
                .hasMessage("Renode was ended while the firmware ran\nit said: hello");
        assertNothingIsLeft();
    }

    @Test
    void stopsAFirmwareThatHangs() throws IOException {
        RunResult result = run(FakeRenode.Mishap.HANGS, Duration.ofSeconds(5));

        assertThat(result.timedOut()).isTrue();
        assertThat(result.output()).isEqualTo("hello\n");
        assertNothingIsLeft();
    }

    @Test
    void saysThatTheProcessorWasGivenUp() {
        assertThatThrownBy(() -> run(FakeRenode.Mishap.GIVES_THE_PROCESSOR_UP, LIMIT))
                .isInstanceOf(EmulatorFailed.class).hasMessageContaining("CPU abort [PC=0x50000000]");
        assertNothingIsLeft();
    }

    /** Each at the same time has a process of its own. */
    @Test
    void firmwaresMayRunAtTheSameTime() throws Exception {
        Emulator renode = renode("runs.txt", FakeRenode.Mishap.NONE, "m4.repl");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<RunResult>> runs = threads.invokeAll(Collections.nCopies(6,
                    () -> renode.run(elf, directory, LIMIT)));
            for (Future<RunResult> run : runs) {
                assertThat(run.get().exitCode()).isEqualTo(7);
                assertThat(run.get().output()).isEqualTo("hello\n");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Without a port, the shell script of makefiles runs the firmware. */
    @Test
    void aRenodeThatCannotBeTalkedToRunsOneFirmware() throws IOException {
        Emulator renode = launcher("""
                case "$*" in *--robot-server-port*) echo 'unknown option' >&2; exit 1 ;; esac
                for word in "$@"; do
                    case $word in qcc_attach*) text=${word% } text=${text%\\"} text=${text##*\\"} ;; esac
                done
                printf 'hello\\n' >"$text"
                echo '7 1234' >"$text.end"
                """, "m4.repl");
        Files.copy(Path.of(System.getProperty("qcc.home"), "targets/common/renode.sh"), directory.resolve("renode.sh"));

        for (int i = 0; i < 2; i++) {
            RunResult result = renode.run(elf, directory, LIMIT);
            assertThat(result.exitCode()).as(result.toString()).isEqualTo(7);
            assertThat(result.output()).isEqualTo("hello\n");
        }
        assertNothingIsLeft();
    }

    @Test
    void oneThatHangsThereIsStopped() throws IOException {
        Emulator renode = launcher("case \"$*\" in *--robot-server-port*) exit 1 ;; esac\nexec sleep 60\n", "m4.repl");
        Files.copy(Path.of(System.getProperty("qcc.home"), "targets/common/renode.sh"), directory.resolve("renode.sh"));

        RunResult result = renode.run(elf, directory, Duration.ofSeconds(2));

        assertThat(result.timedOut()).as(result.toString()).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void saysWhyItDoesNotStart() throws IOException {
        Emulator renode = launcher("echo 'mono: command not found'; exit 127\n", "m4.repl");
        Files.copy(Path.of(System.getProperty("qcc.home"), "targets/common/renode.sh"), directory.resolve("renode.sh"));

        assertThatThrownBy(() -> renode.run(elf, directory, LIMIT)).isInstanceOf(EmulatorFailed.class)
                .hasMessageContaining("mono: command not found");
    }

    @Test
    void aMissingRenodeIsNamedWithWhereToGetIt() {
        Emulator renode = Emulators.of("renode m4.repl qcc_renode.py", Tools.of(Map.of()));

        assertThat(renode.isInstalled()).isFalse();
        assertThatThrownBy(() -> renode.run(elf, directory, LIMIT)).isInstanceOf(ToolMissing.class)
                .hasMessageContaining("https://renode.io").hasMessageContaining("set RENODE to its path");
    }
}
