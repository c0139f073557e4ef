package qcc.plan;

/**
 * Places blocks one by one where they fit between those already placed; nothing placed is ever moved.
 */
final class GreedyPlacement {
    private static final int WALL = -1;

    /** Which of the free gaps a block takes. */
    enum Fit {
        /** The lowest. */
        LOWEST,
        /** The smallest below the lower bound, then the lowest. */
        TIGHTEST,
        /**
         * An end of a gap that is bounded by what lives longest, best of all the bottom or the lower bound: what dies
         * soon then leaves one large gap instead of two small ones.
         */
        LASTING
    }

    private final PlacementProblem problem;
    private final long[] offsets;
    /** The placed blocks, from the lowest offset to the highest. */
    private final int[] placed;
    private int count;
    private long arena;

    GreedyPlacement(PlacementProblem problem) {
        this.problem = problem;
        offsets = new long[problem.size()];
        placed = new int[problem.size()];
    }

    /** Places all blocks in the given order. */
    static Placement of(PlacementProblem problem, int[] order, Fit fit) {
        GreedyPlacement greedy = new GreedyPlacement(problem);
        for (int block : order) {
            greedy.add(block, fit);
        }
        return greedy.result();
    }

    /** Places one more block, at a free offset. */
    void add(int block, Fit fit) {
        Gaps gaps = new Gaps(block, fit);
        long cursor = 0;
        int below = WALL;
        for (int i = 0; i < count; i++) {
            int other = placed[i];
            if (problem.conflict(block, other)) {
                gaps.offer(cursor, offsets[other], below, other);
                if (offsets[other] + problem.bytes(other) > cursor) {
                    cursor = offsets[other] + problem.bytes(other);
                    below = other;
                }
            }
        }
        gaps.offer(cursor, Math.max(problem.lowerBound(), cursor + problem.bytes(block)), below, WALL);
        put(block, gaps.best);
    }

    /** Puts a block at an offset that the caller knows to be free. */
    void put(int block, long offset) {
        int position = count++;
        while (position > 0 && offsets[placed[position - 1]] > offset) {
            placed[position] = placed[position - 1];
            position--;
        }
        placed[position] = block;
        offsets[block] = offset;
        arena = Math.max(arena, offset + problem.bytes(block));
    }

    /** The placement once every block has been added. */
    Placement result() {
        if (count != problem.size()) {
            throw new IllegalStateException(count + " of " + problem.size() + " blocks placed");
        }
        return new Placement(offsets.clone(), arena);
    }

    /** The best place for one block among the gaps that it is shown, from the lowest to the highest. */
    private final class Gaps {
        private final int block;
        private final Fit fit;
        private long best = -1;
        private long bestScore;

        Gaps(int block, Fit fit) {
            this.block = block;
            this.fit = fit;
        }

        /** A gap from {@code start} to {@code end} between two blocks or walls. */
        void offer(long start, long end, int below, int above) {
            long bytes = problem.bytes(block);
            if (end - start < bytes) {
                return;
            }
            switch (fit) {
                case LOWEST -> consider(start, 0);
                case TIGHTEST -> consider(start, start + bytes > problem.lowerBound() ? Long.MIN_VALUE : start - end);
                case LASTING -> {
                    consider(start, lasting(below, end));
                    consider(end - bytes, lasting(above, end));
                }
            }
        }

        /** Above the lower bound there is no lasting wall to lean on. */
        private long lasting(int neighbour, long end) {
            if (end > problem.lowerBound()) {
                return Long.MIN_VALUE;
            }
            return neighbour == WALL ? Long.MAX_VALUE : problem.lastClique(neighbour);
        }

        private void consider(long offset, long score) {
            if (best < 0 || score > bestScore) {
                best = offset;
                bestScore = score;
            }
        }
    }
}
