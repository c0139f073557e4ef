package qcc.cli;

import java.util.List;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Severity;

/** What the process's exit code means. */
final class ExitCode {
    static final int OK = 0;
    /** The model, its data or the output folder are wrong. */
    static final int INPUT = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** The firmware differs from the reference. */
    static final int DIFFERENT = 3;
    /** A tool is missing, or the tool chain or emulator failed. */
    static final int TOOLS = 4;
    /** The firmware exceeds its budget. */
    static final int BUDGET = 5;
    /** A defect of qcc. */
    static final int INTERNAL = 70;

    private ExitCode() {
    }

    /** The code for a failure, by its first error. */
    static int of(List<Diagnostic> diagnostics) {
        return diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).findFirst()
                .map(d -> of(d.code())).orElse(INPUT);
    }

    private static int of(Code code) {
        return switch (code) {
            case E701 -> USAGE;
            case E703, E704, E705 -> TOOLS;
            case E706 -> DIFFERENT;
            case E707 -> BUDGET;
            default -> INPUT;
        };
    }
}
