package qcc.writer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Value;

/** A graph with what is asked of it again and again: the texts of its layers, and where its values are read. */
final class Uses {
    private final Graph graph;
    private final List<LayerText> texts;
    private final Map<Integer, Integer> lastReaders = new HashMap<>();

    Uses(Graph graph, List<LayerText> texts) {
        this.graph = graph;
        this.texts = List.copyOf(texts);
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

    List<LayerText> texts() {
        return texts;
    }

    /** The index of the last node that reads a value; the largest int when it leaves the network. */
    int lastReader(Value value) {
        return lastReaders.getOrDefault(value.id(), -1);
    }
}
