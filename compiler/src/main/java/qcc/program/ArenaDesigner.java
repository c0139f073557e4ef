package qcc.program;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Value;
import qcc.model.Goal;
import qcc.ops.IntegerOperation;
import qcc.plan.KernelMemory;
import qcc.plan.MemoryPlan;
import qcc.plan.MemoryPlanner;
import qcc.plan.PlanCheck;
import qcc.plan.RowLayer;
import qcc.plan.RowStream;
import qcc.plan.StreamSearch;
import qcc.plan.SuppliedRows;
import qcc.plan.Sweep;
import qcc.target.Reads;

/** Weighs RAM against instructions: which layers to stream, and where everything is then placed. */
final class ArenaDesigner {
    /** One percent of the arena may cost so many percent of the instructions. */
    private static final double EXCHANGE = 0.1;

    private final Graph network;
    private final Graph graph;
    private final Map<Node, KernelChoice> kernels;
    private final MemoryOptions options;
    private final KernelMemory memory = new Chosen();
    private List<List<RowStream>> fronts;

    ArenaDesigner(Graph network, Map<Node, KernelChoice> kernels, MemoryOptions options) {
        this.network = network;
        this.kernels = kernels;
        this.options = options;
        graph = switch (options.inputs()) {
            case CONSUMED -> network;
            case PRESERVED -> withInputsKept(network);
            case ROWS -> SuppliedRows.of(network);
        };
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
     * is found: the smallest. {@link CompilationFailed} when an input cannot be supplied row by row.
     *
     * @param limit bytes that the arena should not exceed
     */
    ArenaDesign design(Goal goal, long limit) {
        List<Candidate> candidates = candidates();
        Candidate best = choose(candidates, goal, limit);
        long fastest = candidates.get(0).bytes();
        return best.design().with(options.inputs() == InputUse.ROWS ? savingsOfRows(best, goal, limit)
                : new Savings(Math.max(0, MemoryPlanner.bytesApart(graph, memory) - fastest), fastest - best.bytes(), 0))
                .with(choice(candidates, best));
    }

    /** All designs, the cheapest first. */
    private List<Candidate> candidates() {
        if (fronts().isEmpty() || options.inputs() == InputUse.ROWS
                && graph.nodes().stream().noneMatch(SuppliedRows::isSupply)) {
            throw RowsRefusal.of(graph, node -> rowLayer(node).isPresent() ? Optional.empty()
                    : Optional.of(RowLayers.obstacle(kernels.get(node), followed())));
        }
        return fronts().stream().map(this::candidate).toList();
    }

    /** Beside the best design with inputs that the application writes. */
    private Savings savingsOfRows(Candidate best, Goal goal, long limit) {
        ArenaDesign written = new ArenaDesigner(network, kernels, options.withInputs(InputUse.CONSUMED))
                .design(goal, limit);
        return new Savings(written.savings().overlaps(), written.savings().streams(),
                written.memory().arenaBytes() - best.bytes());
    }

    private Candidate choose(List<Candidate> candidates, Goal goal, long limit) {
        Candidate best = candidates.get(0);
        boolean settled = goal == Goal.SPEED || options.budget().isPresent();
        for (Candidate candidate : candidates) {
            boolean better = best.bytes() > limit ? candidate.bytes() < best.bytes()
                    : !settled && isBetter(candidate, best, goal);
            best = better ? candidate : best;
        }
        return best;
    }

    /** The candidates that are smaller than all cheaper ones, and the one that was taken among them. */
    private RamChoice choice(List<Candidate> candidates, Candidate taken) {
        List<Candidate> smaller = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (smaller.isEmpty() || candidate.bytes() < smaller.get(smaller.size() - 1).bytes()) {
                smaller.add(candidate);
            }
        }
        return new RamChoice(smaller.stream().map(candidate -> new RamChoice.Option(candidate.bytes(),
                candidate.design().streams().size(), 100.0 * (candidate.cost() - smaller.get(0).cost()) / instructions()))
                .toList(), smaller.indexOf(taken));
    }

    private Candidate candidate(List<RowStream> streams) {
        return new Candidate(place(streams), streams.stream().mapToLong(RowStream::cost).sum());
    }

    private List<List<RowStream>> fronts() {
        if (fronts == null) {
            fronts = graph.nodes().isEmpty() ? List.of(List.of())
                    : StreamSearch.fronts(graph, graph.nodes().stream().map(this::rowLayer).toList(), memory);
        }
        return fronts;
    }

    private Optional<RowLayer> rowLayer(Node node) {
        return SuppliedRows.isSupply(node) ? Optional.of(RowLayer.supplying(node))
                : RowLayers.of(kernels.get(node), followed());
    }

    /** Supplied inputs with a single reader: their windows begin where it needs them. */
    private Set<Value> followed() {
        Map<Integer, List<Node>> readers = graph.consumers();
        return graph.nodes().stream().filter(SuppliedRows::isSupply).map(Node::output)
                .filter(value -> readers.get(value.id()).size() == 1).collect(Collectors.toSet());
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
        return new ArenaDesign(contracted, streams, plan, new Savings(0, 0, 0),
                new RamChoice(List.of(), 0));
    }

    /** What the chosen kernels do to memory. */
    private final class Chosen implements KernelMemory {
        private final Map<Node, Sweep> sweeps = new IdentityHashMap<>();

        @Override
        public int scratchBytes(Node node) {
            return SuppliedRows.isSupply(node) ? 0 : kernels.get(node).scratchBytes();
        }

        @Override
        public Sweep sweep(Node node) {
            return sweeps.computeIfAbsent(node, n -> KernelSweep.of(n,
                    SuppliedRows.isSupply(n) ? Reads.UNKNOWN : kernels.get(n).row().reads()));
        }
    }
}
