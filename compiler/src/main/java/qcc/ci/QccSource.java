package qcc.ci;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a CI job gets qcc from.
 *
 * @param commands that put it there
 * @param folder   that its launcher lies in then, as a word of the shell
 */
public record QccSource(List<String> commands, String folder) {
    public QccSource {
        commands = List.copyOf(commands);
    }

    /**
     * From a git repository, unless the job's image has it already.
     *
     * @param reference a branch or tag; empty for the default branch
     */
    public static QccSource repository(String url, String reference) {
        String branch = reference.isEmpty() ? "" : "--branch " + Shell.word(reference) + " ";
        return new QccSource(List.of("command -v qcc || git clone --depth 1 " + branch + Shell.word(url)
                + " \"$HOME/qcc\""), "\"$HOME/qcc\"");
    }

    /** As a folder of the repository that is checked, such as a submodule. */
    public static QccSource folder(Path relative) {
        String launcher = Shell.path(relative.resolve("qcc"));
        return new QccSource(List.of("test -x " + launcher), "\"$PWD\"/" + Shell.path(relative));
    }
}
