package qcc.emulator;

import java.time.Duration;

/**
 * How a program ended.
 *
 * @param exitCode its exit code; says nothing when {@code timedOut}
 * @param timedOut whether it was killed because its time was up
 * @param stdout   standard output, decoded as UTF-8; the middle is left out when it is very long
 * @param stderr   standard error, likewise; empty when merged into {@code stdout}
 * @param elapsed  wall-clock time
 */
public record ProcessResult(int exitCode, boolean timedOut, String stdout, String stderr, Duration elapsed) {

    public boolean success() {
        return !timedOut && exitCode == 0;
    }
}
