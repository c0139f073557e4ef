package qcc.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import qcc.diagnostics.Code;
import qcc.diagnostics.Suggestions;

/** {@code qcc explain}: what a diagnostic's code means. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "Explains an error code, or lists them all.")
final class ExplainCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "a code such as E306")
    private String code;

    @Override
    public Integer call() {
        if (code == null) {
            for (Code each : Code.values()) {
                parent.terminal().print(each + "  " + each.title() + "\n");
            }
            return ExitCode.OK;
        }
        Optional<Code> found = Arrays.stream(Code.values())
                .filter(each -> each.name().equals(code.toUpperCase(Locale.ROOT))).findFirst();
        if (found.isEmpty()) {
            parent.terminal().err().println("qcc: there is no code `" + code + "`; "
                    + Suggestions.closest(code, Arrays.stream(Code.values()).map(Code::name).toList())
                            .map(c -> "did you mean " + c + "? ").orElse("") + "`qcc explain` lists them");
            return ExitCode.USAGE;
        }
        parent.terminal().print(found.get() + ": " + found.get().title() + "\n\n" + found.get().explanation() + "\n");
        return ExitCode.OK;
    }
}
