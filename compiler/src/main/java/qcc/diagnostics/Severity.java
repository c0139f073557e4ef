package qcc.diagnostics;

import java.util.Locale;

/** Errors stop the compilation, warnings do not. */
public enum Severity {
    ERROR, WARNING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
