package qcc.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Worst-case stack of functions, from the call graphs that gcc writes with {@code -fcallgraph-info=su}. Calls that are
 * hidden in inline assembly are not seen.
 */
public final class StackUsage {
    private final CallGraph graph;
    private final Map<String, Long> libraries;

    private StackUsage(CallGraph graph, Map<String, Long> libraries) {
        this.graph = graph;
        this.libraries = Map.copyOf(libraries);
    }

    /**
     * Reads the {@code .ci} files of a program, one per translation unit.
     *
     * @param libraries functions that come without such a file, such as those of libgcc, with the stack they need
     * @throws IOException   when a file cannot be read
     * @throws MalformedFile when a file is not a call graph of gcc's
     */
    public static StackUsage read(Collection<Path> callGraphs, Map<String, Long> libraries) throws IOException {
        return new StackUsage(CallGraph.read(callGraphs), libraries);
    }

    /** The bound for a function, given by its name, or as {@code file:name} where several static ones share it. */
    public StackBound of(String function) {
        Set<String> titles = graph.titles(function);
        if (titles.size() > 1) {
            return new StackBound.Unknown("`" + function + "` may be any of " + String.join(", ", titles), List.of());
        }
        String title = titles.isEmpty() ? function : titles.iterator().next();
        return new Walk().visit(title);
    }

    /** One depth-first walk over the call graph; every function is worked out once. */
    private final class Walk {
        private final Set<String> open = new LinkedHashSet<>();
        private final Map<String, StackBound> done = new HashMap<>();

        StackBound visit(String title) {
            StackBound known = done.get(title);
            if (known != null) {
                return known;
            }
            if (open.contains(title)) {
                return unknown(title, "calls itself, directly or through others");
            }
            open.add(title);
            StackBound bound = graph.frame(title).map(frame -> bound(title, frame)).orElseGet(() -> library(title));
            open.remove(title);
            done.put(title, bound);
            return bound;
        }

        private StackBound bound(String title, CallGraph.Frame frame) {
            if (!frame.bounded()) {
                return unknown(title, "has a frame whose size is not known before it runs");
            }
            StackBound.Bounded worst = new StackBound.Bounded(0, List.of());
            for (String callee : graph.calls(title)) {
                StackBound bound = visit(callee);
                if (bound instanceof StackBound.Unknown unknown) {
                    return new StackBound.Unknown(unknown.reason(), prepend(title, unknown.calls()));
                }
                StackBound.Bounded bounded = (StackBound.Bounded) bound;
                worst = bounded.bytes() > worst.bytes() ? bounded : worst;
            }
            return new StackBound.Bounded(frame.bytes() + worst.bytes(), prepend(title, worst.calls()));
        }

        private StackBound library(String title) {
            Long bytes = libraries.get(title);
            if (bytes != null) {
                return new StackBound.Bounded(bytes, List.of(title));
            }
            return title.equals(CallGraph.INDIRECT_CALL)
                    ? new StackBound.Unknown("a function is called through a pointer", List.of())
                    : unknown(title, "is not among the compiled sources");
        }

        private StackBound.Unknown unknown(String title, String problem) {
            String name = CallGraph.nameOf(title);
            return new StackBound.Unknown("`" + name + "` " + problem, List.of(name));
        }

        private List<String> prepend(String title, List<String> calls) {
            List<String> longer = new ArrayList<>(List.of(CallGraph.nameOf(title)));
            longer.addAll(calls);
            return longer;
        }
    }
}
