package qcc.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sets aside the blocks that fit below a capacity wherever the others are, as graph colouring sets aside the nodes of
 * low degree. What remains, the core, decides whether the capacity suffices; it is usually a few blocks around the
 * steps that need the most memory.
 */
final class Simplification {
    private final PlacementProblem problem;
    private final long capacity;
    private final boolean[] aside;
    private final long[] neighbourBytes;
    private final int[] neighbours;
    private final Deque<Integer> setAside = new ArrayDeque<>();

    Simplification(PlacementProblem problem, long capacity) {
        this.problem = problem;
        this.capacity = capacity;
        aside = new boolean[problem.size()];
        neighbourBytes = new long[problem.size()];
        neighbours = new int[problem.size()];
        for (int a = 0; a < problem.size(); a++) {
            for (int b = 0; b < problem.size(); b++) {
                if (a != b && problem.conflict(a, b)) {
                    neighbours[a]++;
                    neighbourBytes[a] += problem.bytes(b);
                }
            }
        }
        Deque<Integer> candidates = new ArrayDeque<>(IntStream.range(0, problem.size()).boxed().toList());
        while (!candidates.isEmpty()) {
            int block = candidates.remove();
            if (!aside[block] && fitsAnywhere(block)) {
                setAside(block, candidates);
            }
        }
    }

    /** The blocks that must be placed first. */
    List<Integer> core() {
        return IntStream.range(0, problem.size()).filter(block -> !aside[block]).boxed().toList();
    }

    /** The other blocks, in an order in which each fits below the capacity where the earlier ones leave room. */
    List<Integer> others() {
        return new ArrayList<>(setAside);
    }

    /**
     * If every gap that k neighbours leave were too small for the block, the k + 1 gaps would together have less than
     * this many bytes.
     */
    private boolean fitsAnywhere(int block) {
        long largestUseless = problem.bytes(block) - MemoryPlan.ALIGNMENT;
        return capacity - neighbourBytes[block] > (neighbours[block] + 1) * largestUseless;
    }

    private void setAside(int block, Deque<Integer> candidates) {
        aside[block] = true;
        setAside.push(block);
        for (int other = 0; other < problem.size(); other++) {
            if (!aside[other] && problem.conflict(block, other)) {
                neighbours[other]--;
                neighbourBytes[other] -= problem.bytes(block);
                candidates.add(other);
            }
        }
    }
}
