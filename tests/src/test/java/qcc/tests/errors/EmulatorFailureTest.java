package qcc.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.tests.InstalledTools;
import qcc.tests.fuzz.BrokenInstallation;

/**
 * A firmware that hangs or faults, and emulators that are killed, refuse their files or are not there: each ends in time
 * with its message and exit code, and leaves neither a process nor a file behind.
 */
class EmulatorFailureTest {
    private static final String KERNEL = "runtime-c/qcc_lookup.h";
    private static final String WORK = "QCC_FOR_UNROLLED(i, n, y[i] = middle[x[i]]);";

    private static final String FOR_EVER = " for (;;) { y[0] = x[0]; }";

    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void writeModel() throws IOException {
        folder = Files.createDirectories(temporary.resolve("work"));
        Files.writeString(folder.resolve("m.qdsl"), BrokenToolsTest.MODEL);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(processes().map(handle -> handle.info().commandLine().orElse("")).toList()).isEmpty();
        assertThat(QccProcess.names(folder)).containsExactly("m.qdsl");
    }

    /** All that were started for this test: each names a file in its folder. */
    private Stream<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(handle -> handle.info().commandLine().orElse("")
                .contains(temporary.toString()));
    }

    private static void requireTools(String emulator) {
        InstalledTools.require("arm-none-eabi-gcc", "make", emulator.equals("qemu") ? "qemu-system-arm" : emulator);
    }

    /** With an installation in which a file is wrong. */
    private QccProcess verify(String emulator, String file, String right, String wrong, String... more)
            throws IOException {
        requireTools(emulator);
        Path home = BrokenInstallation.create(temporary.resolve("home"), file, right, wrong).home();
        QccProcess run = verify(emulator, Map.of("_JAVA_OPTIONS", "-Dqcc.home=" + home), more);
        assertThat(run.error()).doesNotContain("\tat ", "internal error");
        assertThat(run.output()).isEmpty();
        assertThat(run.leftOver()).isEmpty();
        return run;
    }

    private QccProcess verify(String emulator, Map<String, String> environment, String... more) throws IOException {
        return QccProcess.run(folder, environment, Stream.concat(Stream.of("verify", "m.qdsl", "--samples", "4",
                "--emulator", emulator), Stream.of(more)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu", "renode"})
    void aFirmwareThatHangsIsStopped(String emulator) throws IOException {
        String limit = emulator.equals("qemu") ? "2" : "8";
        QccProcess run = verify(emulator, KERNEL, WORK, WORK + FOR_EVER, "--time-limit", limit);
        assertThat(run.error()).contains("error[E705]: the firmware did not end within " + limit + " seconds\n");
        assertThat(run.exitCode()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu", "renode"})
    void aFaultIsNamed(String emulator) throws IOException {
        QccProcess run = verify(emulator, KERNEL, WORK, WORK + " __asm__ volatile(\"udf #0\");");
        assertThat(run.error()).contains("error[E705]: the firmware ended with exit code 106\n",
                "it said: qcc: UsageFault at 0x");
        assertThat(run.exitCode()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu", "renode"})
    void anEmulatorThatIsKilledIsTold(String emulator) throws Exception {
        String sign = emulator.equals("qemu") ? "verify.elf" : "--robot-server-port";
        Thread killer = new Thread(() -> killWhenItRuns(sign));
        killer.start();
        QccProcess run = verify(emulator, KERNEL, WORK, WORK + FOR_EVER, "--time-limit", "50");
        killer.join();
        assertThat(run.error()).containsPattern("error\\[E705\\]: (the emulator was ended by signal 9"
                + "|Renode was ended while the firmware ran)\n");
        assertThat(run.exitCode()).isEqualTo(4);
    }

    /** Renode's launcher is a shell script; it is its child that works. */
    private void killWhenItRuns(String sign) {
        try {
            for (int i = 0; i < 250 && emulators(sign).findAny().isEmpty(); i++) {
                Thread.sleep(200);
            }
            Thread.sleep(sign.startsWith("--") ? 8000 : 500);
        } catch (InterruptedException e) {
            return;
        }
        emulators(sign).forEach(ProcessHandle::destroyForcibly);
    }

    private Stream<ProcessHandle> emulators(String sign) {
        return processes().filter(handle -> handle.info().commandLine().orElse("").contains(sign)
                && !handle.info().command().orElse("").matches(".*/(java|make|(da|ba)?sh)"));
    }

    @Test
    void aPlatformThatRenodeRefusesIsQuoted() throws IOException {
        QccProcess run = verify("renode", "targets/common/cortex-m.repl", "CPU.CortexM", "CPU.NoSuchCpu");
        assertThat(run.error()).contains("error[E705]: Renode failed: ", "NoSuchCpu");
        assertThat(run.exitCode()).isEqualTo(4);
    }

    @Test
    void aScriptThatRenodeRefusesIsQuoted() throws IOException {
        QccProcess run = verify("renode", "targets/common/qcc_renode.py", "def mc_qcc_status():",
                "def mc_qcc_status(:");
        assertThat(run.error()).contains("error[E705]: Renode failed: ");
        assertThat(run.exitCode()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu", "renode"})
    void anEmulatorThatIsNotThereIsNamed(String emulator) throws IOException {
        requireTools("qemu");
        QccProcess run = verify(emulator, Map.of("RENODE", "/no/such/program",
                "QCC_QEMU_SYSTEM_ARM", "/no/such/program"));
        assertThat(run.error()).startsWith("error[E703]: program `").contains("/no/such/program");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.leftOver()).isEmpty();
    }

    /**
     * The folder for temporary files has no room for the project, its build, the inputs, or the results: what does
     * not fit next is told, and the folder is empty afterwards. Reports that were there before stay.
     */
    @ParameterizedTest
    @ValueSource(strings = {"qemu 16k 4", "qemu 200k 4", "qemu 800k 200000", "qemu 1400k 200000", "renode 400k 4"})
    void aFullDiskIsTold(String scenario) throws IOException {
        String[] words = scenario.split(" ");
        requireTools(words[0]);
        List<String> onSmallDisk = smallDisk(words[1]);
        Map<String, String> environment = new HashMap<>();
        environment.put("_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary.resolve("small"));
        QccProcess run = QccProcess.run(onSmallDisk, folder, environment, "verify", "m.qdsl", "--emulator", words[0],
                "--samples", words[2]);
        assertThat(run.error()).contains("error[E801]: the folder for temporary files cannot be written: the disk is "
                + "full\n").doesNotContain("\tat ", "internal error");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(temporary.resolve("left")).isEmptyFile();
    }

    /** The file that was there is not lost. */
    @Test
    void aReportThatDoesNotFitIsNotBegun() throws IOException {
        requireTools("qemu");
        List<String> onSmallDisk = smallDisk("8k");
        QccProcess run = QccProcess.run(onSmallDisk, folder, Map.of("BEFORE", "report.html"), "verify", "m.qdsl",
                "--emulator", "qemu", "--samples", "4", "--html", temporary.resolve("small/report.html").toString());
        assertThat(run.error()).contains("error[E801]: the report cannot be written: the disk is full\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(temporary.resolve("left")).hasContent("report.html: before");
    }

    @Test
    void whatCannotBePrintedIsTold() throws IOException {
        QccProcess run = QccProcess.run(List.of("sh", "-c", "\"$@\" >/dev/full", "sh"), folder, Map.of(), "targets");
        assertThat(run.error()).startsWith("error[E801]: the standard output cannot be written\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    /** What runs a command with a file system of its own; it lists afterwards what is left there. */
    private List<String> smallDisk(String size) throws IOException {
        Path disk = Files.createDirectories(temporary.resolve("small"));
        String script = "mount -t tmpfs -o size=" + size + " tmpfs '" + disk + "' || exit 99\n"
                + "[ -z \"$BEFORE\" ] || printf before >'" + disk + "'/\"$BEFORE\"\n"
                + "\"$@\"\ncode=$?\ncd '" + disk + "' && for f in $(ls -A); do echo \"$f: $(cat \"$f\")\"; done >'"
                + temporary.resolve("left") + "'\nexit $code\n";
        List<String> words = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh");
        Process trial = new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "true").start();
        try {
            assumeTrue(trial.waitFor() == 0, "file systems cannot be mounted here");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return words;
    }
}
