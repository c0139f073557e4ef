package qcc.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import qcc.ir.Graph;
import qcc.ir.Node;

/**
 * Finds which successive layers of a graph to stream: for every bound on RAM that makes a difference, the streams that
 * cost the least. Exact for the demands of single steps; whether all steps can be placed so is for the planner to see.
 */
public final class StreamSearch {
    private static final int MAX_LAYERS = 24;

    private final Graph graph;
    private final KernelMemory kernels;
    /** By first node, what may begin there, in the order of their last nodes. */
    private final List<List<Edge>> edges = new ArrayList<>();

    /** One step of a schedule: the nodes up to but not including {@code end}, what they need, and what that costs. */
    private record Edge(int end, Optional<RowStream> stream, long need, long cost) {
    }

    /**
     * @param layers by node; empty for nodes that have to be computed at once
     */
    private StreamSearch(Graph graph, List<Optional<RowLayer>> layers, KernelMemory kernels) {
        this.graph = graph;
        this.kernels = kernels;
        OverlapProblem alone = new OverlapProblem(graph, new Liveness(graph), kernels);
        for (int i = 0; i < graph.nodes().size(); i++) {
            List<Edge> from = new ArrayList<>();
            if (!SuppliedRows.isSupply(graph.nodes().get(i))) {
                from.add(new Edge(i + 1, Optional.empty(), alone.need(i), 0));
            }
            for (int end = i + 2; end <= graph.nodes().size() && end - i <= MAX_LAYERS
                    && layers.get(end - 1).isPresent() && layers.get(i).isPresent(); end++) {
                if (hasOneResult(i, end)) {
                    RowStream stream = StreamScheduler.of(layers.subList(i, end).stream().map(Optional::orElseThrow)
                            .toList());
                    from.add(new Edge(end, Optional.of(stream), need(stream, i), stream.cost()));
                }
            }
            edges.add(from);
        }
    }

    /**
     * Sets of streams, the cheapest first; each needs less memory than those before it. The first is empty, unless the
     * graph has {@link SuppliedRows}, which are always part of a stream; there is none if one of them cannot be.
     *
     * @param layers by node of the graph; empty for nodes that have to be computed at once
     */
    public static List<List<RowStream>> fronts(Graph graph, List<Optional<RowLayer>> layers, KernelMemory kernels) {
        return new StreamSearch(graph, layers, kernels).fronts();
    }

    /** The graph with every stream as one node. */
    public static Graph contract(Graph graph, List<RowStream> streams) {
        List<Node> nodes = new ArrayList<>(graph.nodes());
        for (RowStream stream : streams) {
            List<Node> streamed = stream.nodes();
            int first = nodes.indexOf(streamed.get(0));
            nodes.subList(first, first + streamed.size()).clear();
            nodes.add(first, stream.node());
        }
        return graph.withNodes(nodes);
    }

    /** What contracted nodes do to memory, and what the others do. */
    public static KernelMemory contract(KernelMemory kernels, List<RowStream> streams) {
        Map<String, RowStream> byName = new HashMap<>();
        streams.forEach(stream -> byName.put(stream.node().name(), stream));
        return new KernelMemory() {
            @Override
            public int scratchBytes(Node node) {
                return byName.containsKey(node.name()) ? Math.toIntExact(byName.get(node.name()).bytes())
                        : kernels.scratchBytes(node);
            }

            @Override
            public Sweep sweep(Node node) {
                return byName.containsKey(node.name()) ? byName.get(node.name()).sweep() : kernels.sweep(node);
            }
        };
    }

    /** True when all that these nodes compute is read among them, except the last result. */
    private boolean hasOneResult(int begin, int end) {
        List<Node> nodes = graph.nodes().subList(begin, end);
        Map<Integer, List<Node>> consumers = graph.consumers();
        return nodes.subList(0, nodes.size() - 1).stream().allMatch(node -> !graph.isOutput(node.output())
                && consumers.containsKey(node.output().id())
                && nodes.containsAll(consumers.get(node.output().id())));
    }

    private long need(RowStream stream, int step) {
        Graph contracted = contract(graph, List.of(stream));
        return new OverlapProblem(contracted, new Liveness(contracted), contract(kernels, List.of(stream))).need(step);
    }

    private List<List<RowStream>> fronts() {
        TreeSet<Long> needs = new TreeSet<>();
        edges.forEach(from -> from.forEach(edge -> needs.add(edge.need())));
        Set<List<RowStream>> fronts = new LinkedHashSet<>();
        for (long limit : needs.descendingSet()) {
            Optional<List<RowStream>> cheapest = cheapest(limit);
            if (cheapest.isEmpty()) {
                break;
            }
            fronts.add(cheapest.get());
        }
        return List.copyOf(fronts);
    }

    /** The streams that cost the least if no step may need more than the limit; empty if some step needs more. */
    private Optional<List<RowStream>> cheapest(long limit) {
        int nodes = edges.size();
        long[] cost = new long[nodes + 1];
        Arrays.fill(cost, 0, nodes, Long.MAX_VALUE);
        Edge[] taken = new Edge[nodes];
        for (int i = nodes - 1; i >= 0; i--) {
            for (Edge edge : edges.get(i)) {
                if (edge.need() <= limit && cost[edge.end()] != Long.MAX_VALUE
                        && edge.cost() + cost[edge.end()] < cost[i]) {
                    cost[i] = edge.cost() + cost[edge.end()];
                    taken[i] = edge;
                }
            }
        }
        if (cost[0] == Long.MAX_VALUE) {
            return Optional.empty();
        }
        List<RowStream> streams = new ArrayList<>();
        for (int i = 0; i < nodes; i = taken[i].end()) {
            taken[i].stream().ifPresent(streams::add);
        }
        return Optional.of(streams);
    }
}
