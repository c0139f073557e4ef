package qcc.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds a placement below a capacity, or proves that there is none, by depth-first search.
 *
 * <p>Every placement can be pushed down until each block stands on the bottom or on a block that it conflicts with.
 * Such placements are built here from the bottom up: blocks are placed in the order of their offsets, each on the
 * skyline of those before it, so that for every clique one height describes all that is placed. A branch ends when
 * some clique cannot hold its remaining blocks above the lowest offset that any of them may still take, and no block
 * is placed so high that another would fit beneath it.
 */
final class SkylineSearch {
    /** What came of a search. */
    enum Outcome { FOUND, IMPOSSIBLE, GAVE_UP }

    /** Which of the blocks that can stand at the same offset is tried first; each succeeds where others get lost. */
    enum Preference {
        LOAD, SIZE, LENGTH, AREA
    }

    private final PlacementProblem problem;
    private final long capacity;
    private final Budget budget;

    /** Blocks, the most demanding first: the order in which they are tried. */
    private final int[] blocks;
    private final long workPerNode;
    private final long[] offsets;
    private final boolean[] placed;
    private final long[] heights;
    private final long[] remaining;

    SkylineSearch(PlacementProblem problem, long capacity, Preference preference, Budget budget) {
        this.problem = problem;
        this.capacity = capacity;
        this.budget = budget;
        blocks = IntStream.range(0, problem.size()).boxed()
                .sorted(Comparator.comparingLong((Integer block) -> -demand(block, preference))
                        .thenComparing(block -> -problem.bytes(block))
                        .thenComparing(problem::firstClique))
                .mapToInt(Integer::intValue).toArray();
        workPerNode = problem.cliques() + IntStream.of(blocks).mapToLong(block -> problem.length(block) + 1).sum();
        offsets = new long[problem.size()];
        placed = new boolean[problem.size()];
        heights = new long[problem.cliques()];
        remaining = new long[problem.cliques()];
        for (int clique = 0; clique < remaining.length; clique++) {
            remaining[clique] = problem.load(clique);
        }
    }

    private long demand(int block, Preference preference) {
        return switch (preference) {
            case LOAD -> problem.heaviestLoad(block);
            case SIZE -> problem.bytes(block);
            case LENGTH -> problem.length(block);
            case AREA -> problem.bytes(block) * problem.length(block);
        };
    }

    /** Runs the search; its depth is the number of blocks. */
    Outcome run() {
        return place(0, 0, -1);
    }

    /** The offset of a block after the search has found a placement. */
    long offset(int block) {
        return offsets[block];
    }

    /**
     * @param done     how many blocks are placed
     * @param base     the offset of the last one: no later block goes below
     * @param lastRank its position in {@link #blocks}: blocks with equal offsets are placed in that order
     */
    private Outcome place(int done, long base, int lastRank) {
        if (done == blocks.length) {
            return Outcome.FOUND;
        }
        budget.spend(workPerNode);
        if (budget.isSpent()) {
            return Outcome.GAVE_UP;
        }
        long[] floors = new long[blocks.length];
        long ceiling = survey(floors, base);
        int firstRank = lastRank + 1;
        for (long offset = base; offset >= 0; offset = nextOffset(floors, offset, ceiling)) {
            for (int rank = firstRank; offset < ceiling && rank < blocks.length; rank++) {
                if (!placed[blocks[rank]] && floors[blocks[rank]] == offset) {
                    Outcome outcome = descend(rank, offset, done);
                    if (outcome != Outcome.IMPOSSIBLE) {
                        return outcome;
                    }
                }
            }
            firstRank = 0;
        }
        return Outcome.IMPOSSIBLE;
    }

    private Outcome descend(int rank, long offset, int done) {
        int block = blocks[rank];
        int first = problem.firstClique(block);
        long[] saved = Arrays.copyOfRange(heights, first, problem.lastClique(block) + 1);
        for (int clique = first; clique <= problem.lastClique(block); clique++) {
            heights[clique] = offset + problem.bytes(block);
            remaining[clique] -= problem.bytes(block);
        }
        placed[block] = true;
        offsets[block] = offset;
        Outcome outcome = place(done + 1, offset, rank);
        if (outcome != Outcome.FOUND) {
            placed[block] = false;
            System.arraycopy(saved, 0, heights, first, saved.length);
            for (int clique = first; clique <= problem.lastClique(block); clique++) {
                remaining[clique] += problem.bytes(block);
            }
        }
        return outcome;
    }

    /**
     * Computes the height on which each remaining block would stand, and from it the offset at which some block would
     * fit beneath; -1 if a block or a clique can no longer stay below the capacity.
     */
    private long survey(long[] floors, long base) {
        long[] lowest = new long[heights.length];
        Arrays.fill(lowest, Long.MAX_VALUE);
        long ceiling = Long.MAX_VALUE;
        for (int block : blocks) {
            if (placed[block]) {
                continue;
            }
            int first = problem.firstClique(block);
            int last = problem.lastClique(block);
            long floor = 0;
            for (int clique = first; clique <= last; clique++) {
                floor = Math.max(floor, heights[clique]);
            }
            floors[block] = floor;
            long reachable = Math.max(floor, base);
            if (reachable + problem.bytes(block) > capacity) {
                return -1;
            }
            for (int clique = first; clique <= last; clique++) {
                lowest[clique] = Math.min(lowest[clique], reachable);
            }
            ceiling = Math.min(ceiling, reachable + problem.bytes(block));
        }
        for (int clique = 0; clique < heights.length; clique++) {
            if (remaining[clique] > 0 && lowest[clique] + remaining[clique] > capacity) {
                return -1;
            }
        }
        return ceiling;
    }

    /** The lowest height above the offset and below the ceiling on which a block would stand; -1 if there is none. */
    private long nextOffset(long[] floors, long offset, long ceiling) {
        long next = -1;
        for (int block : blocks) {
            if (!placed[block] && floors[block] > offset && floors[block] < ceiling
                    && (next < 0 || floors[block] < next)) {
                next = floors[block];
            }
        }
        return next;
    }
}
