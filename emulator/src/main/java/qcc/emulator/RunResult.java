package qcc.emulator;

import java.time.Duration;

/**
 * How a firmware ended.
 *
 * @param exitCode    what the firmware handed to {@code qcc_io_exit}, low 8 bits; or an emulator's own failure, which
 *                    {@code diagnostics} then explains; says nothing when {@code timedOut}
 * @param timedOut    whether it was stopped because its time was up
 * @param output      what the firmware printed, as far as {@link ProcessResult#stdout} keeps it
 * @param diagnostics what the emulator itself had to say
 * @param elapsed     wall-clock time, including the start of the emulator
 */
public record RunResult(int exitCode, boolean timedOut, String output, String diagnostics, Duration elapsed) {

    /** The result of an emulator that passes the firmware's text and exit code on as its own. */
    static RunResult of(ProcessResult process) {
        return new RunResult(process.exitCode(), process.timedOut(), process.stdout(), process.stderr(),
                process.elapsed());
    }

    public boolean success() {
        return !timedOut && exitCode == 0;
    }
}
