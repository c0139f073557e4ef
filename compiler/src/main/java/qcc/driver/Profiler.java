package qcc.driver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;

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

    /** Without an estimate of cycles. */
    public ProfileReport run() {
        return run(Optional.empty());
    }

    /** With an estimate of cycles, where the target has a model of its core. */
    public ProfileReport runWithCycles() {
        return run(CycleEstimate.ofLayers(project, limit));
    }

    /**
     * The layers only, in order of execution.
     *
     * @param extraFlags for the C compiler, behind those of the project, such as {@code -O3}
     */
    public List<ProfileReport.Layer> countLayers(String extraFlags) {
        requireCounter(project);
        try (FirmwareBuild build = new FirmwareBuild(project)) {
            return layers(build, extraFlags);
        }
    }

    private List<ProfileReport.Layer> layers(FirmwareBuild build, String extraFlags) {
        Map<String, Long> layers = build.numbers("build/profile.elf", extraFlags, project.emulator(), limit);
        return project.program().steps().stream()
                .map(step -> new ProfileReport.Layer(step, layers.get("layer " + step.index()))).toList();
    }

    private ProfileReport run(Optional<CycleEstimate> cycles) {
        requireCounter(project);
        try (FirmwareBuild build = new FirmwareBuild(project)) {
            List<ProfileReport.Layer> counted = layers(build, "");
            Map<String, Long> whole = build.numbers("build/footprint.elf", "", project.emulator(), limit);
            return new ProfileReport(project, Environment.of(project, build.log()), counted,
                    whole.get("instructions"), cycles, whole.get("stack"),
                    Footprint.measureByLayer(project));
        }
    }

    /** {@link CompilationFailed} with E705 where a target cannot count. */
    static void requireCounter(Project project) {
        if (project.counter().isEmpty()) {
            throw new CompilationFailed(Diagnostic.of(Code.E705, Span.wholeFile(project.target().name()),
                    "this target has no counter of instructions in " + project.emulator().name())
                    .help(project.target().counter().map(counter -> "it has one in " + counter.only()
                            + ": use --emulator " + counter.only()).orElse("choose another target, or add `counter` to "
                            + "its description; see targets/README.md")));
        }
    }
}
