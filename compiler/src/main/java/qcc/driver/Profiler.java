package qcc.driver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.program.Step;

/** Counts the instructions of every layer in the target's emulator; the counts are exact and repeatable. */
public final class Profiler {
    private final Project project;
    private final Duration limit;

    /**
     * @param limit wall-clock time for one run of the emulator
     */
    public Profiler(Project project, Duration limit) {
        this.project = project;
        this.limit = limit;
    }

    public ProfileReport run() {
        if (project.target().counter().isEmpty()) {
            throw new CompilationFailed(Diagnostic.of(Code.E705, Span.wholeFile(project.target().name()),
                    "this target has no counter of instructions")
                    .help("choose another target, or add `counter` to its description; see targets/README.md"));
        }
        try (FirmwareBuild build = new FirmwareBuild(project)) {
            Map<String, Long> layers = numbers(build, "build/profile.elf");
            Map<String, Long> whole = numbers(build, "build/footprint.elf");
            List<ProfileReport.Layer> counted = new ArrayList<>();
            for (Step step : project.program().steps()) {
                counted.add(new ProfileReport.Layer(step, layers.get("layer " + step.index())));
            }
            return new ProfileReport(project, counted, whole.get("instructions"), whole.get("stack"),
                    Footprint.measure(project));
        }
    }

    /** Builds and runs a firmware that prints lines of a name and a number. */
    private Map<String, Long> numbers(FirmwareBuild build, String goal) {
        Path elf = build.make(goal, "");
        Map<String, Long> numbers = new HashMap<>();
        for (String line : FirmwareRun.output(project.emulator(), elf, build.folder(), limit).lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (space > 0 && line.substring(space + 1).matches("[0-9]{1,18}")) {
                numbers.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
            }
        }
        return numbers;
    }
}
