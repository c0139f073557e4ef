package qcc.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Places the blocks of a problem in an arena that is as small as it can find: greedy placements in several orders,
 * then an exact search for the lower bound, then better orders by local search, then exact searches between what is
 * known to be needed and what has been found. Stops as soon as the lower bound is reached.
 */
final class Placer {
    /** Deeper searches would need too much stack and rarely come to an end. */
    private static final int MAX_CORE = 400;
    /** The part of an allowance that the search with one preference may spend. */
    private static final double PER_SEARCH = 0.3;
    private static final int MAX_IDLE_MOVES = 4000;
    private static final long SEED = 20260101;

    private final PlacementProblem problem;
    private final Budget budget;
    private Placement best;
    private int[] bestOrder;
    /** No placement is smaller; grows with every capacity that an exact search rules out. */
    private long needed;

    private Placer(PlacementProblem problem, Budget budget) {
        this.problem = problem;
        this.budget = budget;
        needed = problem.lowerBound();
    }

    /** The best placement found within the budget. */
    static Placement place(PlacementProblem problem, Budget budget) {
        Placer placer = new Placer(problem, budget);
        placer.tryOrders();
        if (!placer.isOptimal()) {
            placer.searchExactly(placer.needed, budget.share(0.3));
        }
        if (!placer.isOptimal()) {
            placer.improveOrder(budget.share(0.5));
        }
        if (!placer.isOptimal()) {
            placer.bisect();
        }
        return placer.best;
    }

    private boolean isOptimal() {
        return best.arena() <= needed;
    }

    private void tryOrders() {
        for (int[] order : orders()) {
            for (GreedyPlacement.Fit fit : GreedyPlacement.Fit.values()) {
                Placement placement = greedy(order, fit, budget);
                if (best == null || placement.arena() < best.arena()) {
                    best = placement;
                    bestOrder = order;
                }
                if (isOptimal()) {
                    return;
                }
            }
        }
    }

    private List<int[]> orders() {
        Comparator<Integer> byTime = Comparator.comparingInt(problem::firstClique);
        Comparator<Integer> bySize = Comparator.comparingLong(b -> -problem.bytes(b));
        Comparator<Integer> byLength = Comparator.comparingInt(b -> -problem.length(b));
        Comparator<Integer> byArea = Comparator.comparingLong(b -> -problem.bytes(b) * problem.length(b));
        Comparator<Integer> byLoad = Comparator.comparingLong(b -> -problem.heaviestLoad(b));
        return List.of(sorted(byTime), sorted(bySize.thenComparing(byLength)), sorted(byLength.thenComparing(bySize)),
                sorted(byArea), sorted(byLoad.thenComparing(bySize)), sorted(byLoad.thenComparing(byLength)));
    }

    private int[] sorted(Comparator<Integer> comparator) {
        return IntStream.range(0, problem.size()).boxed().sorted(comparator).mapToInt(Integer::intValue).toArray();
    }

    private Placement greedy(int[] order, GreedyPlacement.Fit fit, Budget spent) {
        spent.spend((long) order.length * order.length);
        return GreedyPlacement.of(problem, order, fit);
    }

    /** Looks for a placement below a capacity; raises {@link #needed} if there is none. True when found. */
    private boolean searchExactly(long capacity, Budget allowance) {
        allowance.spend((long) problem.size() * problem.size());
        Simplification simplification = new Simplification(problem, capacity);
        GreedyPlacement placement = new GreedyPlacement(problem);
        for (List<Integer> component : problem.components(simplification.core())) {
            if (!placeCore(component, capacity, placement, allowance)) {
                return false;
            }
        }
        simplification.others().forEach(block -> placement.add(block, GreedyPlacement.Fit.LOWEST));
        best = Placement.smaller(best, placement.result());
        return true;
    }

    /** Adds blocks that conflict with no others of the core to a placement; false if no way is found. */
    private boolean placeCore(List<Integer> blocks, long capacity, GreedyPlacement placement, Budget allowance) {
        if (blocks.size() > MAX_CORE) {
            return false;
        }
        PlacementProblem core = problem.restrictedTo(blocks);
        for (SkylineSearch.Preference preference : SkylineSearch.Preference.values()) {
            SkylineSearch search = new SkylineSearch(core, capacity, preference, allowance.share(PER_SEARCH));
            SkylineSearch.Outcome outcome = search.run();
            if (outcome == SkylineSearch.Outcome.IMPOSSIBLE) {
                needed = capacity + MemoryPlan.ALIGNMENT;
                return false;
            }
            if (outcome == SkylineSearch.Outcome.FOUND) {
                for (int i = 0; i < core.size(); i++) {
                    placement.put(blocks.get(i), search.offset(i));
                }
                return true;
            }
        }
        return false;
    }

    /** Moves blocks to earlier places in the order, the highest ones first of all, and keeps what is not worse. */
    private void improveOrder(Budget allowance) {
        Random random = new Random(SEED);
        int[] order = bestOrder.clone();
        Placement current = greedy(order, GreedyPlacement.Fit.LOWEST, allowance);
        for (int idle = 0; idle < MAX_IDLE_MOVES && !allowance.isSpent() && !isOptimal(); idle++) {
            int[] moved = order.clone();
            int from = random.nextBoolean() ? random.nextInt(order.length) : highest(order, current, random);
            moveForward(moved, from, random.nextInt(from + 1));
            Placement placement = greedy(moved, GreedyPlacement.Fit.LOWEST, allowance);
            if (placement.arena() <= current.arena()) {
                order = moved;
                current = placement;
            }
            if (placement.arena() < best.arena()) {
                best = placement;
                idle = 0;
            }
        }
    }

    /** The position in the order of one of the blocks that end at the top of the arena. */
    private int highest(int[] order, Placement placement, Random random) {
        List<Integer> top = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            if (placement.offset(order[i]) + problem.bytes(order[i]) == placement.arena()) {
                top.add(i);
            }
        }
        return top.get(random.nextInt(top.size()));
    }

    private static void moveForward(int[] order, int from, int to) {
        int block = order[from];
        System.arraycopy(order, to, order, to + 1, from - to);
        order[to] = block;
    }

    /** Exact searches for capacities between what is needed and what has been found, with shrinking allowances. */
    private void bisect() {
        long low = needed;
        while (low < best.arena() && !budget.isSpent()) {
            long middle = (low + best.arena() - MemoryPlan.ALIGNMENT) / 2 / MemoryPlan.ALIGNMENT * MemoryPlan.ALIGNMENT;
            if (!searchExactly(middle, budget.share(0.3))) {
                low = middle + MemoryPlan.ALIGNMENT;
            }
        }
    }
}
