package qcc.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.DiagnosticRenderer;

/** Where commands print: results to the output, diagnostics and progress to the error stream. */
final class Terminal {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean interactive;

    Terminal(PrintStream out, PrintStream err, boolean interactive) {
        this.out = new PrintWriter(out, true, StandardCharsets.UTF_8);
        this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
        this.interactive = interactive;
    }

    /** The process's own streams. */
    static Terminal system() {
        return new Terminal(System.out, System.err, System.console() != null && System.getenv("CI") == null);
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** True when somebody is looking. */
    boolean isInteractive() {
        return interactive;
    }

    void print(String text) {
        out.print(text);
        out.flush();
    }

    /** What is no result and no diagnostic. */
    void note(String text) {
        err.print(text);
        err.flush();
    }

    void report(List<Diagnostic> diagnostics) {
        DiagnosticRenderer renderer = interactive ? DiagnosticRenderer.coloured() : DiagnosticRenderer.plain();
        err.print(renderer.render(diagnostics));
        err.flush();
    }
}
