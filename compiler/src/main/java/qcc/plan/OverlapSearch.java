package qcc.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Places the items of an {@link OverlapProblem} below a capacity by depth-first search in the order of time. An item is
 * tried at both ends of the arena, beside everything alive, and as far into a dying input as it may reach. What is
 * alive after a step and where it lies says all about the rest, so that no such situation is searched twice.
 */
final class OverlapSearch {
    private final OverlapProblem problem;
    private final long capacity;
    private final Budget budget;
    private final long[] offsets;
    private final Set<List<Long>> failed = new HashSet<>();
    private final Map<Integer, Long> scratch = new HashMap<>();

    OverlapSearch(OverlapProblem problem, long capacity, Budget budget) {
        this.problem = problem;
        this.capacity = capacity;
        this.budget = budget;
        offsets = new long[problem.size()];
    }

    /** The plan, if one is found within the budget. */
    Optional<MemoryPlan> run(long lowerBound) {
        boolean found = place(0);
        return found ? Optional.of(problem.plan(capacity, lowerBound, offsets, scratch)) : Optional.empty();
    }

    private boolean place(int item) {
        int from = item == 0 ? Lifetime.BEFORE : first(item - 1);
        int to = item == problem.size() ? problem.steps() : first(item) - 1;
        if (!placeScratch(from, to, item)) {
            return false;
        }
        if (item == problem.size()) {
            return true;
        }
        List<Integer> live = live(item, first(item));
        budget.spend(1L + live.size() * live.size());
        if (budget.isSpent()) {
            return false;
        }
        List<Long> situation = situation(item, live);
        if (failed.contains(situation)) {
            return false;
        }
        for (long offset : candidates(item, live)) {
            offsets[item] = offset;
            if (place(item + 1)) {
                return true;
            }
        }
        failed.add(situation);
        return false;
    }

    private int first(int item) {
        return problem.block(item).lifetime().first();
    }

    /** The items before this one that are alive in a step. */
    private List<Integer> live(int item, int step) {
        return IntStream.range(0, item).filter(i -> problem.block(i).lifetime().contains(step)).boxed().toList();
    }

    private List<Long> situation(int item, List<Integer> live) {
        List<Long> situation = new ArrayList<>(live.size() + 1);
        situation.add((long) item);
        live.forEach(other -> situation.add(offsets[other]));
        return situation;
    }

    /** Free places, those first that overlap an input. */
    private Set<Long> candidates(int item, List<Integer> live) {
        long bytes = problem.block(item).bytes();
        Set<Long> candidates = new LinkedHashSet<>();
        for (int other : live) {
            problem.gap(item, other).ifPresent(gap -> {
                candidates.add(offsets[other] + Math.max(-bytes, Math.min(gap.below(), 0)));
                candidates.add(offsets[other] + Math.min(problem.block(other).bytes(), Math.max(gap.below(), -bytes)));
                candidates.add(offsets[other] + problem.block(other).bytes() - bytes);
            });
        }
        candidates.add(0L);
        candidates.add(capacity - bytes);
        for (int other : live) {
            candidates.add(offsets[other] + problem.block(other).bytes());
            candidates.add(offsets[other] - bytes);
        }
        candidates.removeIf(offset -> offset < 0 || offset + bytes > capacity
                || !live.stream().allMatch(other -> isFree(item, offset, other)));
        return candidates;
    }

    private boolean isFree(int item, long offset, int other) {
        long delta = offset - offsets[other];
        boolean apart = delta >= problem.block(other).bytes() || delta <= -problem.block(item).bytes();
        return apart || problem.gap(item, other).filter(gap -> gap.allows(delta)).isPresent();
    }

    /** Finds room for the scratch of the steps whose items are all placed. */
    private boolean placeScratch(int from, int to, int placed) {
        for (int step = Math.max(0, from); step <= Math.min(to, problem.steps() - 1); step++) {
            long bytes = problem.scratch(step);
            if (bytes > 0) {
                OptionalLong place = gapFor(bytes, live(placed, step));
                if (place.isEmpty()) {
                    return false;
                }
                scratch.put(step, place.getAsLong());
            }
        }
        return true;
    }

    private OptionalLong gapFor(long bytes, List<Integer> live) {
        long cursor = 0;
        for (int item : live.stream().sorted(Comparator.comparingLong(i -> offsets[i])).toList()) {
            if (offsets[item] - cursor >= bytes) {
                break;
            }
            cursor = Math.max(cursor, offsets[item] + problem.block(item).bytes());
        }
        return cursor + bytes <= capacity ? OptionalLong.of(cursor) : OptionalLong.empty();
    }
}
