package qcc.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.emulator.ToolMissing;

/** The program {@code qcc}. */
@Command(name = "qcc", mixinStandardHelpOptions = true, version = "qcc 0.1.0",
        description = "Puts quantised neural networks on microcontrollers, bit for bit.",
        subcommands = {CompileCommand.class, VerifyCommand.class, EvalCommand.class, ImportCommand.class,
            OpsCommand.class, TargetsCommand.class, ExplainCommand.class})
public final class Qcc {
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private final Terminal terminal;

    Qcc(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Runs a command line and gives the process's exit code. */
    static int run(Terminal terminal, String... arguments) {
        CommandLine commandLine = new CommandLine(new Qcc(terminal))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, result) -> handle(e, terminal));
        return commandLine.execute(withCommand(commandLine, arguments));
    }

    /** The word {@code compile} may be left out. */
    private static String[] withCommand(CommandLine commandLine, String... arguments) {
        if (arguments.length == 0) {
            return new String[] {"--help"};
        }
        if (OWN_OPTIONS.contains(arguments[0]) || commandLine.getSubcommands().containsKey(arguments[0])) {
            return arguments;
        }
        List<String> words = new ArrayList<>(List.of("compile"));
        words.addAll(Arrays.asList(arguments));
        return words.toArray(new String[0]);
    }

    private static int handle(Exception e, Terminal terminal) {
        if (e instanceof CompilationFailed failed) {
            terminal.report(failed.diagnostics());
            return ExitCode.of(failed.diagnostics());
        }
        if (e instanceof ToolMissing missing) {
            terminal.report(List.of(toolMissing(missing)));
            return ExitCode.TOOLS;
        }
        terminal.err().println("qcc: internal error: " + e);
        terminal.err().println("This is a defect of qcc. Please report it with the model and these lines:");
        for (StackTraceElement frame : e.getStackTrace()) {
            if (frame.getClassName().startsWith("qcc.")) {
                terminal.err().println("    " + frame);
            }
        }
        return ExitCode.INTERNAL;
    }

    private static Diagnostic toolMissing(ToolMissing missing) {
        Diagnostic diagnostic = Diagnostic.of(Code.E703, Span.wholeFile(missing.program()), missing.getMessage());
        return missing.debianPackage().map(name -> diagnostic.help("on Debian: apt-get install " + name))
                .orElse(diagnostic);
    }

    public static void main(String[] arguments) {
        System.exit(run(Terminal.system(), arguments));
    }
}
