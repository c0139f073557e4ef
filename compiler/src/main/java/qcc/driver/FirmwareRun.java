package qcc.driver;

import java.nio.file.Path;
import java.time.Duration;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.emulator.Emulator;
import qcc.emulator.EmulatorFailed;
import qcc.emulator.RunResult;
import qcc.files.Reason;

/** Runs a firmware to its end. */
final class FirmwareRun {
    private static final int MAX_SHOWN_OUTPUT = 600;
    /** What a process that a signal ended has for an exit code, less the signal's number. */
    private static final int ENDED_BY_SIGNAL = 128;
    private static final int MAX_SIGNAL = 32;

    private FirmwareRun() {
    }

    /**
     * What the firmware printed; {@link CompilationFailed} with E705 if it fails or takes longer than the limit, with E801
     * if the disk is full.
     */
    static String output(Emulator emulator, Path elf, Path folder, Duration limit) {
        RunResult result;
        try {
            result = emulator.run(elf, folder, limit);
        } catch (EmulatorFailed e) {
            if (Reason.tellsOfAFullDisk(e.getMessage())) {
                throw FirmwareBuild.unwritable(Reason.FULL_DISK);
            }
            requireRoom(folder);
            String[] parts = e.getMessage().split("\n", 2);
            throw failure(emulator, parts[0], parts.length > 1 ? parts[1] : "");
        }
        if (result.success()) {
            return result.output();
        }
        if (!result.timedOut()) {
            requireRoom(folder);
        }
        String said = (result.output() + result.diagnostics()).strip();
        throw failure(emulator, what(result, limit), said.isEmpty() ? "" : "it said: " + said);
    }

    /** Neither firmware nor emulator is to blame where they could not write their files. */
    private static void requireRoom(Path folder) {
        Reason.notToWriteInto(folder).ifPresent(reason -> {
            throw FirmwareBuild.unwritable(reason);
        });
    }

    private static String what(RunResult result, Duration limit) {
        if (result.timedOut()) {
            return "the firmware did not end within " + limit.toSeconds() + " seconds";
        }
        int signal = result.exitCode() - ENDED_BY_SIGNAL;
        return signal > 0 && signal < MAX_SIGNAL ? "the emulator was ended by signal " + signal
                : "the firmware ended with exit code " + result.exitCode();
    }

    private static CompilationFailed failure(Emulator emulator, String what, String why) {
        Diagnostic diagnostic = Diagnostic.of(Code.E705, Span.wholeFile(emulator.describe()), what);
        return new CompilationFailed(why.isEmpty() ? diagnostic
                : diagnostic.because(why.substring(0, Math.min(MAX_SHOWN_OUTPUT, why.length()))));
    }
}
