package qcc.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is to be told, so that one run reports as many mistakes as it can. */
public final class Diagnostics {
    /** More than this many errors help nobody. */
    public static final int MAX_ERRORS = 20;

    private final Set<Diagnostic> collected = new LinkedHashSet<>();

    public void report(Diagnostic diagnostic) {
        collected.add(diagnostic);
    }

    public boolean hasErrors() {
        return collected.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    /** All diagnostics, in the order of their places in the source. */
    public List<Diagnostic> all() {
        List<Diagnostic> sorted = new ArrayList<>(collected);
        sorted.sort(Comparator.comparing((Diagnostic d) -> d.span().source().name())
                .thenComparingInt(d -> d.span().start()));
        return sorted;
    }

    /** Ends the compilation here when something is already known to be wrong. */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new CompilationFailed(all());
        }
    }
}
