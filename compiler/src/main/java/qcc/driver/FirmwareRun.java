package qcc.driver;

import java.nio.file.Path;
import java.time.Duration;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.emulator.Emulator;
import qcc.emulator.RunResult;

/** Runs a firmware to its end. */
final class FirmwareRun {
    private static final int MAX_SHOWN_OUTPUT = 600;

    private FirmwareRun() {
    }

    /** What the firmware printed; {@link CompilationFailed} with E705 if it fails or takes longer than the limit. */
    static String output(Emulator emulator, Path elf, Path folder, Duration limit) {
        RunResult result = emulator.run(elf, folder, limit);
        if (result.success()) {
            return result.output();
        }
        String what = result.timedOut() ? "the firmware did not end within " + limit.toSeconds() + " seconds"
                : "the firmware ended with exit code " + result.exitCode();
        String said = (result.output() + result.diagnostics()).strip();
        Diagnostic diagnostic = Diagnostic.of(Code.E705, Span.wholeFile(emulator.describe()), what);
        throw new CompilationFailed(said.isEmpty() ? diagnostic : diagnostic.because("it said: "
                + said.substring(0, Math.min(MAX_SHOWN_OUTPUT, said.length()))));
    }
}
