package qcc.ci;

import java.nio.file.Path;

/** Words of a POSIX shell. */
final class Shell {
    private static final String SAFE = "[A-Za-z0-9_./:@%+=-]+";

    private Shell() {
    }

    /** A word that the shell takes as it is. */
    static String word(String text) {
        return text.matches(SAFE) ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A relative path as a word that is never taken for an option. */
    static String path(Path path) {
        String text = path.toString().replace('\\', '/');
        return word(text.startsWith("-") ? "./" + text : text);
    }
}
