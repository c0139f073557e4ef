package qcc.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.driver.Project;
import qcc.emulator.Emulator;
import qcc.emulator.ToolMissing;

/** The choice between the emulators of a target. */
final class EmulatorOption {
    private static final String FIRST = "auto";
    /** Asks for each that is installed. */
    static final String ALL = "all";

    @Option(names = "--emulator", paramLabel = "NAME", defaultValue = FIRST, description = "one of the target's: qemu, "
            + "renode, gap8, gvsoc; or `all` that are installed, one after the other (default: ${DEFAULT-VALUE}, the target's first that is installed)")
    private String name;

    /** Whether a command may run firmware in more than one emulator. */
    boolean asksForAll() {
        return name.equals(ALL);
    }

    /** Why emulators do not run, where all were asked for; a line for each. */
    String leftOut(Project project) {
        return project.emulators().stream().filter(emulator -> asksForAll() && !emulator.isInstalled())
                .map(emulator -> "left out: " + reason(emulator) + "\n").collect(Collectors.joining());
    }

    private static String reason(Emulator missing) {
        try {
            return missing.describe();
        } catch (ToolMissing e) {
            return e.getMessage();
        }
    }

    /** The project on each emulator that was asked for; {@link CompilationFailed} when its target has no such one. */
    List<Project> choose(Project project) {
        if (name.equals(FIRST)) {
            return List.of(project);
        }
        List<Emulator> chosen = project.emulators().stream()
                .filter(emulator -> asksForAll() ? emulator.isInstalled() : emulator.name().equals(name)).toList();
        if (chosen.isEmpty() && asksForAll()) {
            return List.of(project);
        }
        if (chosen.isEmpty()) {
            String names = project.emulators().stream().map(Emulator::name).collect(Collectors.joining(" or "));
            throw new CompilationFailed(Diagnostic.of(Code.E701, Span.wholeFile("--emulator"), "the target `"
                    + project.target().name() + "` does not run in `" + name + "`").help("it runs in " + names));
        }
        return chosen.stream().map(project::on).toList();
    }
}
