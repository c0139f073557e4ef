package qcc.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;

/**
 * When each value is needed, and which values are names of the same bytes. A view belongs to the value that it shows:
 * its <i>root</i>, whose bytes stay as long as any of their names is read.
 */
final class Liveness {
    private final Map<Integer, Lifetime> lifetimes = new LinkedHashMap<>();
    private final Map<Integer, Integer> roots = new HashMap<>();
    private final Map<Integer, Lifetime> bytesLifetimes = new LinkedHashMap<>();

    Liveness(Graph graph) {
        for (Input input : graph.inputs()) {
            define(input.value(), input.value().id(), Lifetime.BEFORE);
        }
        List<Node> nodes = graph.nodes();
        for (int step = 0; step < nodes.size(); step++) {
            Node node = nodes.get(step);
            for (Value input : node.inputs()) {
                extend(input, step);
            }
            define(node.output(), isView(node) ? root(node.inputs().get(0)) : node.output().id(), step);
        }
        for (Output output : graph.outputs()) {
            extend(output.value(), nodes.size());
        }
        lifetimes.forEach((id, lifetime) -> bytesLifetimes.merge(roots.get(id), lifetime, Lifetime::union));
    }

    static boolean isView(Node node) {
        return ((IntegerOperation) node.operation()).isView();
    }

    /** The steps at which the value is needed under its own name. */
    Lifetime lifetime(Value value) {
        return lifetimes.get(value.id());
    }

    /** The id of the value whose bytes these are. */
    int root(Value value) {
        return roots.get(value.id());
    }

    /** The steps at which the value's bytes are needed under any name. */
    Lifetime bytesLifetime(Value value) {
        return bytesLifetimes.get(root(value));
    }

    private void define(Value value, int root, int step) {
        if (lifetimes.put(value.id(), new Lifetime(step, step)) != null) {
            throw new IllegalArgumentException("value " + value.name() + " is defined twice");
        }
        roots.put(value.id(), root);
    }

    private void extend(Value value, int step) {
        if (lifetimes.computeIfPresent(value.id(), (id, lifetime) -> lifetime.until(step)) == null) {
            throw new IllegalArgumentException("value " + value.name() + " is read before it is defined");
        }
    }
}
