package qcc.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Builds a firmware project with its own makefile. */
public final class ProjectBuild {
    /** Of a make around qcc, which must not hand its job server and its options down. */
    static final String[] VARIABLES_OF_MAKE = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"};

    private final Tools tools;

    public ProjectBuild(Tools tools) {
        this.tools = tools;
    }

    /**
     * How a build ended.
     *
     * @param success  whether make ended with 0 in time
     * @param timedOut whether it was killed because its time was up
     * @param log      all that make and the compilers printed, in order
     * @param elapsed  wall-clock time
     */
    public record Result(boolean success, boolean timedOut, String log, Duration elapsed) {
    }

    /**
     * Runs make in a project's directory.
     *
     * @param project   the directory that holds the makefile
     * @param goal      for example {@code all}
     * @param variables make variables that override the makefile's
     * @param limit     wall-clock limit
     * @throws ToolMissing when there is no make
     */
    public Result make(Path project, String goal, Map<String, String> variables, Duration limit) {
        List<String> words = new ArrayList<>(List.of(tools.find("make").toString(), "--no-print-directory",
                "--jobs=" + Runtime.getRuntime().availableProcessors()));
        new TreeMap<>(variables).forEach((name, value) -> words.add(name + "=" + value));
        words.add(goal);
        // What a compiler that is killed leaves behind goes with the project.
        // Messages do not follow the locale, and an SDK builds the project only where it was asked for.
        Command command = Command.of(limit, words).in(project).mergingStderr()
                .without(Stream.concat(Stream.of(VARIABLES_OF_MAKE), Stream.of(Sdk.RULES_VARIABLE))
                        .toArray(String[]::new)).with("LC_ALL", "C.UTF-8")
                .with("TMPDIR", project.toAbsolutePath().toString());
        ProcessResult result = ProcessRunner.run(command);
        return new Result(result.success(), result.timedOut(), result.stdout(), result.elapsed());
    }
}
