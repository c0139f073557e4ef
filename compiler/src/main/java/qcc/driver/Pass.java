package qcc.driver;

import java.util.Map;
import java.util.function.BiFunction;
import qcc.ir.Graph;
import qcc.ir.Stage;

/**
 * A step from one graph to the next.
 *
 * @param name     in {@code --dump-after} and {@code --time-passes}
 * @param from     stage of the graph it takes
 * @param to       stage of the graph it gives
 * @param function the pass
 * @param optional true when all results stay the same bits without it, so that {@code --no-optimise} may skip it
 * @param after    passes that must have run before, each with the reason
 */
public record Pass(String name, Stage from, Stage to, BiFunction<Graph, PassContext, Graph> function,
        boolean optional, Map<String, String> after) {
    public Pass {
        after = Map.copyOf(after);
    }
}
