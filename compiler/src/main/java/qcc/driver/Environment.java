package qcc.driver;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import qcc.emulator.Tools;

/**
 * Where a firmware ran, and what built it.
 *
 * @param target   the target's name
 * @param board    the target's description
 * @param emulator name, version and machine
 * @param compiler name and version
 * @param flags    that the model was compiled with, without folders and definitions
 */
public record Environment(String target, String board, String emulator, String compiler, String flags) {

    /**
     * The environment of a firmware that was just built.
     *
     * @param log of its build
     */
    static Environment of(Project project, String log) {
        return new Environment(project.target().name(), project.target().description(), project.emulator().describe(),
                project.emulator().sdk().map(sdk -> "of the " + sdk)
                        .orElseGet(() -> Tools.system().version(project.target().compiler())), flags(log));
    }

    /** From the first command that compiles a file; what make really ran, not what it was meant to run. */
    private static String flags(String log) {
        List<String> words = log.lines().filter(line -> line.contains(" -c ")).findFirst()
                .map(line -> Arrays.asList(line.strip().split("\\s+"))).orElse(List.of());
        return words.stream().skip(1).takeWhile(word -> !word.equals("-c"))
                .filter(word -> !word.startsWith("-I") && !word.startsWith("-D")).collect(Collectors.joining(" "));
    }
}
