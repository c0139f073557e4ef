package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Starts two grandchildren, one of them in the background, and writes their numbers and its own to a file. */
    private static final String FAMILY = "sleep 100 & echo $! > pids; (sleep 100; :) & echo $! >> pids; "
            + "echo $$ >> pids; wait";

    @TempDir
    Path directory;

    @Test
    void returnsExitCodeAndBothStreams() {
        ProcessResult result = ProcessRunner.run(shell("echo grün; echo bad >&2; exit 3", LONG));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.timedOut()).isFalse();
        assertThat(result.success()).isFalse();
        assertThat(result.stdout()).isEqualTo("grün\n");
        assertThat(result.stderr()).isEqualTo("bad\n");
    }

    @Test
    void mergesStreamsInOrder() {
        ProcessResult result = ProcessRunner.run(shell("echo 1; echo 2 >&2; echo 3", LONG).mergingStderr());

        assertThat(result.stdout()).isEqualTo("1\n2\n3\n");
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void givesEnvironmentDirectoryAndAnEmptyInput() {
        ProcessResult result = ProcessRunner.run(shell("pwd; echo \"$QCC_A/${HOME-none}\"; cat", LONG)
                .with("QCC_A", "a b").without("HOME"));

        assertThat(result.stdout()).isEqualTo(directory.toAbsolutePath() + "\na b/none\n");
    }

    @Test
    void killsGrandchildrenWhenTimeIsUp() throws Exception {
        ProcessResult result = ProcessRunner.run(shell(FAMILY, Duration.ofMillis(500)));

        assertThat(result.timedOut()).isTrue();
        assertThat(result.success()).isFalse();
        assertThat(result.elapsed()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
        assertFamilyEnds();
    }

    @Test
    void killsWhatAProgramLeavesBehind() throws Exception {
        ProcessResult result = ProcessRunner.run(shell("sleep 100 & echo $! > pids; sleep 1; echo done", LONG));

        assertThat(result.success()).isTrue();
        assertThat(result.stdout()).isEqualTo("done\n");
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(20));
        assertEnds(pids(1));
    }

    @Test
    void killsEverythingWhenInterrupted() throws Exception {
        Thread runner = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                pids(3);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                runner.interrupt();
            }
        });
        interrupter.start();

        assertThatThrownBy(() -> ProcessRunner.run(shell(FAMILY, LONG)))
                .isInstanceOf(UncheckedIOException.class).hasCauseInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        interrupter.join();
        assertFamilyEnds();
    }

    @Test
    void killsEverythingWhenTheJvmIsStopped() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process jvm = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
                RunsForever.class.getName(), directory.toString()).inheritIO().start();
        try {
            List<ProcessHandle> family = pids(3);
            jvm.destroy();

            assertThat(jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertEnds(family);
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** The program of the JVM that the test above stops. */
    static final class RunsForever {
        public static void main(String[] arguments) {
            ProcessRunner.run(Command.of(LONG, "sh", "-c", FAMILY).in(Path.of(arguments[0])));
        }
    }

    @Test
    void keepsBeginningAndEndOfLargeOutput() {
        // 1 000 000 lines of 8 characters are twice what is kept.
        ProcessResult result = ProcessRunner.run(shell("seq -f %07.0f 1 1000000", LONG));

        assertThat(result.success()).isTrue();
        String gap = "\n[" + (8_000_000 - 2 * BoundedCapture.HALF) + " bytes left out]\n";
        assertThat(result.stdout()).hasSize(2 * BoundedCapture.HALF + gap.length())
                .startsWith("0000001\n0000002\n").endsWith("0999999\n1000000\n")
                .contains("0262144\n" + gap + "0737857\n");
    }

    @Test
    void keepsOutputThatJustFits() {
        ProcessResult result = ProcessRunner.run(shell("seq -f %07.0f 1 524288", LONG));

        assertThat(result.stdout()).hasSize(2 * BoundedCapture.HALF).doesNotContain("left out")
                .contains("0262144\n0262145\n").endsWith("0524288\n");
    }

    @Test
    void saysWhichToolIsMissing() {
        assertThatThrownBy(() -> ProcessRunner.run(Command.of(LONG, "qcc-no-such-program")))
                .isInstanceOfSatisfying(ToolMissing.class,
                        missing -> assertThat(missing.program()).isEqualTo("qcc-no-such-program"));
    }

    @Test
    void doesNotTakeAMissingDirectoryForAMissingTool() {
        Command command = Command.of(LONG, "sh").in(directory.resolve("none"));

        assertThatThrownBy(() -> ProcessRunner.run(command)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such directory");
    }

    private Command shell(String script, Duration limit) {
        return Command.of(limit, "sh", "-c", script).in(directory);
    }

    private void assertFamilyEnds() throws Exception {
        assertEnds(pids(3));
    }

    /** The processes whose numbers the script has written; waits until all are there. */
    private List<ProcessHandle> pids(int count) throws Exception {
        Path file = directory.resolve("pids");
        for (int tries = 0; tries < 500; tries++) {
            if (Files.exists(file) && Files.readString(file).lines().count() == count) {
                return Files.readAllLines(file).stream().map(Long::parseLong)
                        .flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the script has not written " + count + " process numbers");
    }

    private static void assertEnds(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            for (int tries = 0; tries < 100 && isRunning(process); tries++) {
                Thread.sleep(20);
            }
            assertThat(isRunning(process)).as("process %s is running", process.pid()).isFalse();
        }
    }

    /** A killed process that nobody has waited for yet still has a number, but no command any more. */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
