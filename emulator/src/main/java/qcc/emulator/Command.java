package qcc.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A program to run.
 *
 * @param words       program (a name on the PATH or a path) and its arguments; no shell is involved
 * @param directory   working directory
 * @param environment variables to set in addition to those of this process
 * @param unset       variables of this process that the program must not see
 * @param mergeStderr whether standard error goes into standard output, in the order of writing
 * @param limit       wall-clock time after which the program is killed
 */
public record Command(List<String> words, Path directory, Map<String, String> environment, Set<String> unset,
                      boolean mergeStderr, Duration limit) {

    public Command {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        unset = Set.copyOf(unset);
    }

    /** A command in the current directory with the environment of this process. */
    public static Command of(Duration limit, String... words) {
        return of(limit, List.of(words));
    }

    /** A command in the current directory with the environment of this process. */
    public static Command of(Duration limit, List<String> words) {
        return new Command(words, Path.of(""), Map.of(), Set.of(), false, limit);
    }

    public Command in(Path workingDirectory) {
        return new Command(words, workingDirectory, environment, unset, mergeStderr, limit);
    }

    public Command with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Command(words, directory, more, unset, mergeStderr, limit);
    }

    public Command without(String... variables) {
        return new Command(words, directory, environment, Set.of(variables), mergeStderr, limit);
    }

    public Command mergingStderr() {
        return new Command(words, directory, environment, unset, true, limit);
    }

    public String program() {
        return words.get(0);
    }
}
