package qcc.passes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.ClampFunction;
import qcc.ops.Layer;

/** Makes relu, relu6 and clip part of the layer before them, whose saturation then costs nothing. */
public final class FuseClamps {
    private FuseClamps() {
    }

    public static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        Map<Integer, List<Node>> consumers = graph.consumers();
        for (Node original : graph.nodes()) {
            Node node = rewriter.current(original);
            Optional<Interval> bounds = clampOf((Layer<?>) node.operation());
            if (bounds.isEmpty()) {
                rewriter.add(node);
                continue;
            }
            Value input = original.inputs().get(0);
            Node producer = rewriter.producer(node.inputs().get(0));
            boolean alone = consumers.get(input.id()).size() == 1 && !graph.isOutput(input);
            if (producer != null && alone && fuses(producer)) {
                Layer<?> layer = (Layer<?>) producer.operation();
                rewriter.replace(producer, producer.withOperation(layer.withClamp(layer.clamp().then(bounds.get()))));
                rewriter.redirect(node.output(), producer.output());
            } else {
                rewriter.add(node);
            }
        }
        return rewriter.build();
    }

    private static boolean fuses(Node producer) {
        return ((Layer<?>) producer.operation()).operator().fusesClamp();
    }

    private static <A extends Record> Optional<Interval> clampOf(Layer<A> layer) {
        return layer.operator() instanceof ClampFunction<A> clamp
                ? Optional.of(clamp.bounds(layer.attributes()).then(layer.clamp())) : Optional.empty();
    }
}
