package qcc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded placement problems. */
final class RandomBlocks {
    private RandomBlocks() {
    }

    /** Blocks that begin anywhere in {@code steps} steps, for at most {@code longest} steps. */
    static PlacementProblem scattered(long seed, int blocks, int steps, int longest, int largest) {
        Random random = new Random(seed);
        List<Block> list = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            int first = random.nextInt(steps);
            list.add(block(1 + random.nextInt(largest), first, first + random.nextInt(longest)));
        }
        return new PlacementProblem(list);
    }

    /** In every step, blocks of 1 to 3 units fill the whole lower bound: sometimes there is no such placement. */
    static PlacementProblem full(long seed, int units, int steps) {
        Random random = new Random(seed);
        List<Block> list = new ArrayList<>();
        List<Block> live = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            int free = units - (int) (live.stream().mapToLong(Block::bytes).sum() / MemoryPlan.ALIGNMENT);
            while (free > 0) {
                int size = 1 + random.nextInt(Math.min(3, free));
                live.add(block(size, step, step));
                free -= size;
            }
            for (int i = random.nextInt(2); i >= 0 && !live.isEmpty(); i--) {
                list.add(until(step, live.remove(random.nextInt(live.size()))));
            }
        }
        live.forEach(block -> list.add(until(steps, block)));
        return new PlacementProblem(list);
    }

    private static Block block(int units, int first, int last) {
        return new Block((long) MemoryPlan.ALIGNMENT * units, new Lifetime(first, last));
    }

    private static Block until(int step, Block block) {
        return new Block(block.bytes(), block.lifetime().until(step));
    }
}
