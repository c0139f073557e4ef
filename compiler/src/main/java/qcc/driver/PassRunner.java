package qcc.driver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.passes.Verifier;

/** Runs the pass table and verifies the graph after every pass. */
public final class PassRunner {
    private final BiConsumer<Pass, Graph> observer;
    private final boolean optimise;
    private final Map<String, Long> nanoseconds = new LinkedHashMap<>();

    /**
     * @param observer told after each pass
     * @param optimise false to skip the passes that change no result
     */
    public PassRunner(BiConsumer<Pass, Graph> observer, boolean optimise) {
        this.observer = observer;
        this.optimise = optimise;
    }

    /** Whether the passes run that change no result. */
    boolean optimises() {
        return optimise;
    }

    /** The last graph of each stage, from that of {@code graph} on. */
    public Map<Stage, Graph> run(Graph graph, PassContext context) {
        Map<Stage, Graph> reached = new LinkedHashMap<>(Map.of(graph.stage(), graph));
        Graph current = graph;
        for (Pass pass : PassTable.all()) {
            if (pass.from() != current.stage() || pass.optional() && !optimise) {
                continue;
            }
            long start = System.nanoTime();
            current = pass.function().apply(current, context);
            Verifier.check(current);
            nanoseconds.put(pass.name(), System.nanoTime() - start);
            reached.put(current.stage(), current);
            observer.accept(pass, current);
        }
        return reached;
    }

    /** The time that each pass took, with its verification. */
    public Map<String, Long> nanoseconds() {
        return nanoseconds;
    }
}
