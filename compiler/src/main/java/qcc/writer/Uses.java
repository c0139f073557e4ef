package qcc.writer;

import java.util.HashMap;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Value;

/** Where the values of a graph are read. */
final class Uses {
    private final Graph graph;
    private final Map<Integer, Integer> lastReaders = new HashMap<>();

    Uses(Graph graph) {
        this.graph = graph;
        for (int i = 0; i < graph.nodes().size(); i++) {
            for (Value input : graph.nodes().get(i).inputs()) {
                lastReaders.put(input.id(), i);
            }
        }
        graph.outputs().forEach(output -> lastReaders.put(output.value().id(), Integer.MAX_VALUE));
    }

    Graph graph() {
        return graph;
    }

    /** The index of the last node that reads a value; the largest int when it leaves the network. */
    int lastReader(Value value) {
        return lastReaders.getOrDefault(value.id(), -1);
    }
}
