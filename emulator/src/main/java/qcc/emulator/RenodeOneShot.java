package qcc.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One firmware in a Renode of its own, by the shell script that makefiles use, too: for a Renode that cannot be talked
 * to, because it knows no port for Robot Framework or because connections are forbidden where it runs.
 */
final class RenodeOneShot {
    /** Beside the Python script. */
    private static final String SHELL_SCRIPT = "renode.sh";
    /** How the shell script begins what it has to say itself. */
    private static final String FAILED = SHELL_SCRIPT + ": Renode failed:";
    private static final String TIME_IS_UP = SHELL_SCRIPT + ": the firmware did not end";
    /** More than the script's own limit, so that it can clear up. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private RenodeOneShot() {
    }

    /**
     * Runs the firmware to its end or its limit.
     *
     * @param script with the hooks; the shell script lies beside it
     * @throws EmulatorFailed when Renode does not let the firmware run
     */
    static RunResult run(Path launcher, Path platform, Path script, Path elf, Path directory, Duration limit) {
        Path folder;
        try {
            folder = TemporaryFolder.create("qcc-renode-");
        } catch (IOException e) {
            throw new EmulatorFailed("Renode cannot be started: " + e.getMessage(), e);
        }
        try {
            ProcessResult result = ProcessRunner.run(Command.of(limit.plus(GRACE), "sh",
                    script.resolveSibling(SHELL_SCRIPT).toString(), elf.toString()).in(directory)
                    .with("RENODE", launcher.toString()).with("TMPDIR", folder.toString())
                    .with("QCC_PLATFORM", platform.toString())
                    .with("QCC_TIME_LIMIT", String.valueOf(Math.max(1, limit.toSeconds()))));
            if (result.stderr().contains(FAILED)) {
                throw new EmulatorFailed("Renode failed\nit said: " + (result.stdout()
                        + result.stderr().substring(result.stderr().indexOf(FAILED) + FAILED.length())).strip());
            }
            boolean timedOut = result.timedOut() || result.stderr().contains(TIME_IS_UP);
            return new RunResult(timedOut ? 0 : result.exitCode(), timedOut, result.stdout(), result.stderr(),
                    result.elapsed());
        } finally {
            TemporaryFolder.delete(folder);
        }
    }
}
