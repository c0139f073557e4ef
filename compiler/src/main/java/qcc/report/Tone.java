package qcc.report;

import java.util.Locale;

/** Whether something is good news. */
public enum Tone {
    PLAIN, GOOD, WARN, BAD, QUIET;

    /** The class in the style sheet. */
    String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
