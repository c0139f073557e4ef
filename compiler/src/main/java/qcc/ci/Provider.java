package qcc.ci;

import java.util.Locale;

/** The CI servers that qcc writes files for: the template in {@code templates/ci} and the file's name. */
public enum Provider {
    GITHUB(".github/workflows/qcc.yml"),
    GITLAB(".gitlab-ci.yml");

    private final String file;

    Provider(String file) {
        this.file = file;
    }

    /** Relative to the root of the repository. */
    public String file() {
        return file;
    }

    /** As it is written on the command line; also the name of its template. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
