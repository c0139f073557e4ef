package qcc.program;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.plan.SuppliedRows;
import qcc.target.Target;

/** Says why the inputs of a network cannot be supplied row by row. */
final class RowsRefusal {
    private static final String WRITE = "write the inputs before the run, --inputs consumed, or ";
    private static final String OTHER_LAYERS = WRITE + "begin the network with layers that need a few rows at a time, such "
            + "as convolutions and pools";
    private static final String OTHER_TARGET = WRITE + "choose a target without a cluster";

    private static final String PREFIX = "input `";
    private static final String SUFFIX = "` cannot be supplied row by row";

    private RowsRefusal() {
    }

    /**
     * The refusal of the first input that cannot.
     *
     * @param graph    with the nodes that supply inputs
     * @param obstacle why a node has to be computed at once; empty for those that need not
     */
    static CompilationFailed of(Graph graph, Function<Node, Optional<String>> obstacle) {
        List<Value> supplied = graph.nodes().stream().filter(SuppliedRows::isSupply).map(Node::output).toList();
        Span first = begin(graph);
        return supplied.isEmpty() ? refused(first, "no input has rows that could be supplied one by one",
                "only images, [height, width, channels], have rows")
                : supplied.stream().flatMap(input -> of(input, graph, obstacle).stream()).findFirst()
                        .orElseGet(() -> refused(first, PREFIX + supplied.get(0).name() + SUFFIX,
                                "what its readers compute does not meet in one layer that computes rows in turn with them"));
    }

    /** The refusal of an input with a reader, or a layer between two readers, that has to be computed at once. */
    private static Optional<CompilationFailed> of(Value input, Graph graph, Function<Node, Optional<String>> obstacle) {
        List<Node> readers = graph.consumers().get(input.id());
        int begin = graph.nodes().indexOf(readers.get(0));
        int end = graph.nodes().indexOf(readers.get(readers.size() - 1)) + 1;
        return graph.nodes().subList(begin, end).stream().filter(node -> obstacle.apply(node).isPresent()).findFirst()
                .map(node -> refused(node.span(), PREFIX + input.name() + SUFFIX + ": layer `" + node.name() + "`, "
                        + (readers.contains(node) ? "which reads it" : "between two that read it")
                        + ", has to be computed at once", obstacle.apply(node).get()));
    }

    /** The refusal of any input by a target whose cores share tiles. */
    static CompilationFailed ofCluster(Graph graph, Target target) {
        return refused(begin(graph), PREFIX + graph.inputs().get(0).value().name() + SUFFIX + " on "
                + target.name(), "its cores fetch the tiles that they work on from where the whole input lies",
                OTHER_TARGET);
    }

    /** Where the network begins to compute; it may compute nothing. */
    private static Span begin(Graph graph) {
        return graph.nodes().isEmpty() ? graph.outputs().get(0).span() : graph.nodes().get(0).span();
    }

    private static CompilationFailed refused(Span place, String message, String why) {
        return refused(place, message, why, OTHER_LAYERS);
    }

    private static CompilationFailed refused(Span place, String message, String why, String wayOut) {
        return new CompilationFailed(Diagnostic.of(Code.E603, place, message).because(why).help(wayOut));
    }
}
