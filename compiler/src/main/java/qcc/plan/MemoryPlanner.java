package qcc.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import qcc.ir.Graph;
import qcc.ir.Stage;

/**
 * Plans the arena of an INTEGER graph whose nodes run in the order of the graph; every value takes one byte per
 * element. The graph's inputs live in the arena and may be overwritten after their last use; its outputs are intact
 * after the last step. Views share the bytes of what they show; an output overlaps an input that nobody reads later by
 * as much as its kernel's {@link Sweep} allows. Deterministic.
 */
public final class MemoryPlanner {
    private static final long WORK = 150_000_000;
    private static final long OVERLAP_WORK = 30_000_000;
    /** The part of what is left that the search for one capacity may spend. */
    private static final double PER_SEARCH = 0.2;

    private final Graph graph;
    private final KernelMemory kernels;
    private final Liveness liveness;
    private final Map<Integer, List<Integer>> options;
    private final Budget budget = new Budget(WORK);

    private Layout layout;
    private Placement placement;

    private MemoryPlanner(Graph graph, KernelMemory kernels) {
        this.graph = graph;
        this.kernels = kernels;
        liveness = new Liveness(graph);
        options = InPlace.options(graph, liveness, kernels);
    }

    /**
     * Places every value of the graph and the scratch memory of every node.
     *
     * @param kernels what the kernels of the nodes do to memory
     * @throws IllegalArgumentException if the graph is not an INTEGER graph, a value is read before it is defined or
     *                                  defined twice, a view changes the number of elements, or a scratch is negative
     */
    public static MemoryPlan plan(Graph graph, KernelMemory kernels) {
        if (graph.stage() != Stage.INTEGER) {
            throw new IllegalArgumentException("cannot place values of a graph at stage " + graph.stage());
        }
        return new MemoryPlanner(graph, kernels).plan();
    }

    /** The most bytes that are alive in one step, all beside each other: what a plan without overlaps needs at least. */
    public static long bytesApart(Graph graph, KernelMemory kernels) {
        return new OverlapProblem(graph, new Liveness(graph), kernels).apart();
    }

    /**
     * Working in place wherever possible never raises the number of bytes alive in any step, so its lower bound is
     * that of the graph. But storages get longer lives and may become harder to place: if the bound is missed, other
     * choices are tried.
     */
    private MemoryPlan plan() {
        Map<Integer, Integer> choices = new HashMap<>();
        options.forEach((step, inputs) -> choices.put(step, inputs.get(0)));
        layout = layout(choices);
        PlacementProblem problem = new PlacementProblem(layout.blocks());
        long lowerBound = problem.lowerBound();
        placement = Placer.place(problem, budget.share(0.5));
        boolean improved = true;
        while (improved && placement.arena() > lowerBound && !budget.isSpent()) {
            improved = improveChoices(choices, lowerBound);
        }
        return overlapped(layout.plan(placement, lowerBound));
    }

    /**
     * Searches for a smaller arena with partial overlaps, which have no place in the exact search above: between what
     * every step needs at least and what is known to suffice, by bisection.
     */
    private MemoryPlan overlapped(MemoryPlan plan) {
        OverlapProblem problem = new OverlapProblem(graph, liveness, kernels);
        long bound = Math.min(problem.lowerBound(), plan.lowerBound());
        Budget allowance = new Budget(OVERLAP_WORK);
        MemoryPlan best = plan;
        long low = bound;
        for (long capacity = bound; low < best.arenaBytes() && !allowance.isSpent(); capacity = middle(low, best)) {
            Optional<MemoryPlan> found = new OverlapSearch(problem, capacity, allowance.share(PER_SEARCH)).run(bound);
            if (found.isPresent()) {
                best = found.get();
            } else {
                low = capacity + MemoryPlan.ALIGNMENT;
            }
        }
        return best.withLowerBound(bound);
    }

    private static long middle(long low, MemoryPlan best) {
        return (low + best.arenaBytes() - MemoryPlan.ALIGNMENT) / 2 / MemoryPlan.ALIGNMENT * MemoryPlan.ALIGNMENT;
    }

    /** Tries every other choice of every node once; true if one of them made the arena smaller. */
    private boolean improveChoices(Map<Integer, Integer> choices, long lowerBound) {
        boolean improved = false;
        for (Map.Entry<Integer, List<Integer>> option : options.entrySet()) {
            Integer kept = choices.get(option.getKey());
            for (Integer alternative : alternatives(option.getValue())) {
                if (placement.arena() == lowerBound || budget.isSpent()) {
                    return improved;
                }
                if (!Objects.equals(alternative, kept)) {
                    choices.put(option.getKey(), alternative);
                    if (improves(layout(choices))) {
                        improved = true;
                        kept = alternative;
                    }
                }
            }
            choices.put(option.getKey(), kept);
        }
        return improved;
    }

    /** Each input that may be overwritten, and null for storage of its own. */
    private static List<Integer> alternatives(List<Integer> inputs) {
        List<Integer> alternatives = new ArrayList<>(inputs);
        alternatives.add(null);
        return alternatives;
    }

    private Layout layout(Map<Integer, Integer> choices) {
        return new Layout(graph, liveness, choices, kernels::scratchBytes);
    }

    /** Keeps the layout if it can be placed in a smaller arena than the best one so far. */
    private boolean improves(Layout candidate) {
        PlacementProblem problem = new PlacementProblem(candidate.blocks());
        budget.spend(problem.size());
        if (problem.lowerBound() >= placement.arena()) {
            return false;
        }
        Placement other = Placer.place(problem, budget.share(0.05));
        if (other.arena() >= placement.arena()) {
            return false;
        }
        layout = candidate;
        placement = other;
        return true;
    }
}
