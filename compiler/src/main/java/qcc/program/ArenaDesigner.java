package qcc.program;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.model.Goal;
import qcc.ops.IntegerOperation;
import qcc.plan.KernelMemory;
import qcc.plan.MemoryPlan;
import qcc.plan.MemoryPlanner;
import qcc.plan.PlanCheck;
import qcc.plan.RowLayer;
import qcc.plan.RowStream;
import qcc.plan.StreamSearch;
import qcc.plan.Sweep;

/** Weighs RAM against instructions: which layers to stream, and where everything is then placed. */
final class ArenaDesigner {
    /** One percent of the arena may cost so many percent of the instructions. */
    private static final double EXCHANGE = 0.1;

    private final Graph graph;
    private final Map<Node, KernelChoice> kernels;
    private final MemoryOptions options;
    private final KernelMemory memory = new Chosen();

    ArenaDesigner(Graph graph, Map<Node, KernelChoice> kernels, MemoryOptions options) {
        this.graph = options.keepInputs() ? withInputsKept(graph) : graph;
        this.kernels = kernels;
        this.options = options;
    }

    /** For the planner, an input that must survive is an output. */
    private static Graph withInputsKept(Graph graph) {
        Stream<Output> kept = graph.inputs().stream().map(input -> new Output(input.value().name(), input.value(),
                input.span()));
        return new Graph(graph.name(), graph.stage(), graph.inputs(), graph.nodes(),
                Stream.concat(graph.outputs().stream(), kept).toList());
    }

    /** A point of the front. */
    private record Candidate(ArenaDesign design, long cost) {
        long bytes() {
            return design.memory().arenaBytes();
        }
    }

    /**
     * The design for a goal: without streams for speed, the smallest for size, and between them each smaller one that
     * is worth its instructions. Where a budget is given, the cheapest design that fits it. Nothing that fits the limit
     * is found: the smallest.
     *
     * @param limit bytes that the arena should not exceed
     */
    ArenaDesign design(Goal goal, long limit) {
        long apart = MemoryPlanner.bytesApart(graph, memory);
        Candidate first = new Candidate(place(List.of()), 0);
        Candidate best = choose(first, goal, limit);
        return new ArenaDesign(best.design().graph(), best.design().streams(), best.design().memory(),
                new Savings(Math.max(0, apart - first.bytes()), first.bytes() - best.bytes()));
    }

    private Candidate choose(Candidate first, Goal goal, long limit) {
        Candidate best = first;
        boolean settled = goal == Goal.SPEED || options.budget().isPresent();
        if (settled && best.bytes() <= limit) {
            return best;
        }
        for (List<RowStream> streams : fronts()) {
            if (streams.isEmpty()) {
                continue;
            }
            long cost = streams.stream().mapToLong(RowStream::cost).sum();
            Candidate candidate = new Candidate(place(streams), cost);
            boolean better = best.bytes() > limit ? candidate.bytes() < best.bytes()
                    : !settled && isBetter(candidate, best, goal);
            best = better ? candidate : best;
        }
        return best;
    }

    private List<List<RowStream>> fronts() {
        List<Optional<RowLayer>> layers = graph.nodes().stream().map(node -> RowLayers.of(kernels.get(node)))
                .toList();
        return StreamSearch.fronts(graph, layers, memory);
    }

    private boolean isBetter(Candidate candidate, Candidate best, Goal goal) {
        double saved = 1 - (double) candidate.bytes() / best.bytes();
        double lost = (double) (candidate.cost() - best.cost()) / instructions();
        return saved > 0 && (goal == Goal.SIZE || lost <= EXCHANGE * saved);
    }

    /** A rough estimate of the whole network. */
    private double instructions() {
        return 1.5 * graph.nodes().stream().mapToLong(node -> ((IntegerOperation) node.operation()).macs()).sum()
                + 5.0 * graph.nodes().stream().mapToLong(node -> node.output().shape().size()).sum();
    }

    private ArenaDesign place(List<RowStream> streams) {
        Graph contracted = StreamSearch.contract(graph, streams);
        KernelMemory needs = StreamSearch.contract(memory, streams);
        MemoryPlan plan = MemoryPlanner.plan(contracted, needs);
        PlanCheck.require(contracted, plan, needs);
        streams.forEach(PlanCheck::require);
        return new ArenaDesign(contracted, streams, plan, new Savings(0, 0));
    }

    /** What the chosen kernels do to memory. */
    private final class Chosen implements KernelMemory {
        private final Map<Node, Sweep> sweeps = new IdentityHashMap<>();

        @Override
        public int scratchBytes(Node node) {
            return kernels.get(node).scratchBytes();
        }

        @Override
        public Sweep sweep(Node node) {
            return sweeps.computeIfAbsent(node, n -> KernelSweep.of(n, kernels.get(n).row().reads()));
        }
    }
}
