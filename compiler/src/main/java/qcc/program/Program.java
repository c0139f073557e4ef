package qcc.program;

import java.util.List;
import qcc.ir.Graph;
import qcc.model.Goal;
import qcc.plan.MemoryPlan;
import qcc.plan.Peak;
import qcc.plan.RowStream;

/**
 * A network ready to be written down.
 *
 * @param graph     the INTEGER graph that it computes
 * @param inputs    in the order of the model's head
 * @param outputs   in the order of the model's head
 * @param steps     in order of execution
 * @param constants each once, in order of first use
 * @param planned   the graph as it was placed: every stream is one node
 * @param memory    the arena of that graph
 * @param streams   layers that compute their rows in turn
 * @param goal      what kernels were chosen for, and code is to be generated for
 * @param options   what the application asked of the arena
 * @param savings   what makes the arena small
 * @param choice    between arenas of less RAM and programs of fewer instructions
 */
public record Program(Graph graph, List<Port> inputs, List<Port> outputs, List<Step> steps,
        List<ConstantArray> constants, Graph planned, MemoryPlan memory, List<RowStream> streams, Goal goal,
        MemoryOptions options, Savings savings, RamChoice choice) {
    public Program {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        steps = List.copyOf(steps);
        constants = List.copyOf(constants);
        streams = List.copyOf(streams);
    }

    public String name() {
        return graph.name();
    }

    /** Where the most memory is in use. */
    public Peak peak() {
        return Peak.of(planned, memory);
    }

    public int arenaBytes() {
        return Math.toIntExact(memory.arenaBytes());
    }

    /** What tiles take of a cluster's memory. */
    public int localBytes() {
        return steps.stream().flatMap(step -> step.tile().stream()).mapToInt(Tile::bytes).max().orElse(0);
    }

    /** Flash for weights, biases and tables. */
    public int constantBytes() {
        return constants.stream().mapToInt(array -> array.content().bytes()).sum();
    }

    /** Flash for the constants that a step reads, whether or not others read them too. */
    public int constantBytes(Step step) {
        return constants.stream().filter(array -> step.constants().containsValue(array.symbol()))
                .mapToInt(array -> array.content().bytes()).sum();
    }

    /** Multiply-accumulate steps of one run. */
    public long macs() {
        return steps.stream().mapToLong(step -> step.operation().macs()).sum();
    }
}
