package qcc.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
import qcc.diagnostics.Suggestions;
import qcc.emulator.ToolMissing;

/** The program {@code qcc}. */
@Command(name = "qcc", mixinStandardHelpOptions = true, version = "qcc 0.1.0",
        description = "Puts quantised neural networks on microcontrollers, bit for bit.",
        subcommands = {CompileCommand.class, VerifyCommand.class, ProfileCommand.class, EvalCommand.class,
            BudgetCommand.class, SearchCommand.class, CiInitCommand.class, ImportCommand.class, OpsCommand.class,
            TargetsCommand.class, ExplainCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:the model, its data or the output folder are wrong",
            "2:the command line is wrong", "3:the firmware differs from the reference",
            "4:a tool is missing, or the tool chain or the emulator failed",
            "5:the firmware exceeds its budget", "70:a defect of qcc"})
public final class Qcc {
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private final Terminal terminal;

    Qcc(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Runs a command line as the program does, but prints to the given streams; gives the exit code. */
    public static int execute(PrintStream out, PrintStream err, String... arguments) {
        return run(new Terminal(out, err, false), arguments);
    }

    private static int run(Terminal terminal, String... arguments) {
        CommandLine commandLine = new CommandLine(new Qcc(terminal))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpAutoWidth(terminal.isInteractive())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, words) -> misused(e, terminal))
                .setExecutionExceptionHandler((e, line, result) -> handle(e, terminal));
        try {
            return commandLine.execute(withCommand(commandLine, arguments));
        } catch (CommandLine.ParameterException e) {
            return misused(e, terminal);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return exhausted(terminal, arguments);
        }
    }

    /** One line for a wrong command line, not the whole help. */
    private static int misused(CommandLine.ParameterException e, Terminal terminal) {
        terminal.err().println("qcc: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, terminal.err());
        terminal.err().println("see `" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help`");
        return ExitCode.USAGE;
    }

    /** Limits elsewhere stop what can be foreseen; this is for the rest. */
    private static int exhausted(Terminal terminal, String... arguments) {
        String place = Arrays.stream(arguments).filter(word -> word.contains(".")).findFirst().orElse("qcc");
        Diagnostic diagnostic = Diagnostic.of(Code.E207, Span.wholeFile(place),
                "the model is too large for the memory that Java gives the compiler")
                .help("use smaller tensors or fewer samples, or give Java more memory with the environment variable "
                        + "JAVA_TOOL_OPTIONS=-Xmx8g");
        terminal.report(List.of(diagnostic));
        return ExitCode.INPUT;
    }

    /** The word {@code compile} may be left out. */
    private static String[] withCommand(CommandLine commandLine, String... arguments) {
        if (arguments.length == 0) {
            return new String[] {"--help"};
        }
        if (OWN_OPTIONS.contains(arguments[0]) || commandLine.getSubcommands().containsKey(arguments[0])) {
            return arguments;
        }
        if (!arguments[0].startsWith("-") && !arguments[0].contains(".") && !Files.exists(Path.of(arguments[0]))) {
            throw new CommandLine.ParameterException(commandLine, "there is no command or model `" + arguments[0] + "`"
                    + Suggestions.closest(arguments[0], commandLine.getSubcommands().keySet())
                            .map(close -> "; did you mean `" + close + "`?").orElse(""));
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
        Terminal terminal = Terminal.system();
        int code = run(terminal, arguments);
        if (code == ExitCode.OK && System.out.checkError()) {
            terminal.report(List.of(Diagnostic.of(Code.E801, Span.wholeFile("standard output"),
                    "the standard output cannot be written").help("its disk may be full, or its reader gone")));
            code = ExitCode.INPUT;
        }
        System.exit(code);
    }
}
