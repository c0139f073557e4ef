package qcc.program;

import java.util.List;
import qcc.ir.Graph;
import qcc.plan.MemoryPlan;
import qcc.plan.RowStream;

/**
 * Where everything is in memory.
 *
 * @param graph   as the planner saw it: every stream is one node
 * @param streams the layers that compute their rows in turn
 * @param memory  of that graph
 * @param savings beside layer after layer without overlaps
 * @param choice  that was made
 */
record ArenaDesign(Graph graph, List<RowStream> streams, MemoryPlan memory, Savings savings,
        RamChoice choice) {
    ArenaDesign {
        streams = List.copyOf(streams);
    }

    ArenaDesign with(Savings others) {
        return new ArenaDesign(graph, streams, memory, others, choice);
    }

    ArenaDesign with(RamChoice other) {
        return new ArenaDesign(graph, streams, memory, savings, other);
    }
}
