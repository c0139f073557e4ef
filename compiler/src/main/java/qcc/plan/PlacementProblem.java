package qcc.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Blocks to place so that no two that are alive together overlap. Time is compressed to <i>cliques</i>: the maximal
 * sets of blocks that are all alive in one step, in order of time. A block belongs to consecutive cliques, and two
 * blocks conflict exactly when they have a clique in common.
 */
final class PlacementProblem {
    private final List<Block> blocks;
    private final int[] firstClique;
    private final int[] lastClique;
    private final long[] loads;
    private final long lowerBound;

    PlacementProblem(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
        firstClique = new int[blocks.size()];
        lastClique = new int[blocks.size()];
        loads = new long[findCliques()];
        for (int block = 0; block < blocks.size(); block++) {
            for (int clique = firstClique[block]; clique <= lastClique[block]; clique++) {
                loads[clique] += bytes(block);
            }
        }
        long heaviest = 0;
        for (long load : loads) {
            heaviest = Math.max(heaviest, load);
        }
        lowerBound = heaviest;
    }

    int size() {
        return blocks.size();
    }

    Block block(int block) {
        return blocks.get(block);
    }

    long bytes(int block) {
        return blocks.get(block).bytes();
    }

    int cliques() {
        return loads.length;
    }

    int firstClique(int block) {
        return firstClique[block];
    }

    int lastClique(int block) {
        return lastClique[block];
    }

    /** The number of cliques that the block belongs to. */
    int length(int block) {
        return lastClique[block] - firstClique[block] + 1;
    }

    /** The bytes of all blocks of a clique. */
    long load(int clique) {
        return loads[clique];
    }

    /** The heaviest load of the cliques that the block belongs to. */
    long heaviestLoad(int block) {
        long heaviest = 0;
        for (int clique = firstClique[block]; clique <= lastClique[block]; clique++) {
            heaviest = Math.max(heaviest, loads[clique]);
        }
        return heaviest;
    }

    /** The heaviest load: no arena is smaller. */
    long lowerBound() {
        return lowerBound;
    }

    boolean conflict(int a, int b) {
        return firstClique[a] <= lastClique[b] && firstClique[b] <= lastClique[a];
    }

    /** The problem with these blocks alone; its block i is {@code kept.get(i)} here. */
    PlacementProblem restrictedTo(List<Integer> kept) {
        return new PlacementProblem(kept.stream().map(this::block).toList());
    }

    /** The members in groups that have no conflict with each other, each in the order of first cliques. */
    List<List<Integer>> components(List<Integer> members) {
        List<List<Integer>> components = new ArrayList<>();
        int end = -1;
        for (int block : members.stream().sorted(Comparator.comparingInt(this::firstClique)).toList()) {
            if (firstClique[block] > end) {
                components.add(new ArrayList<>());
            }
            components.get(components.size() - 1).add(block);
            end = Math.max(end, lastClique[block]);
        }
        return components;
    }

    /** A clique is complete when a block ends after another has begun. Returns their number. */
    private int findCliques() {
        List<Integer> starts = sortedBy(Comparator.comparingInt(b -> block(b).lifetime().first()));
        List<Integer> ends = sortedBy(Comparator.comparingInt(b -> block(b).lifetime().last()));
        int complete = 0;
        int started = 0;
        boolean growing = false;
        for (int ending : ends) {
            while (started < starts.size()
                    && block(starts.get(started)).lifetime().first() <= block(ending).lifetime().last()) {
                firstClique[starts.get(started++)] = complete;
                growing = true;
            }
            if (growing) {
                complete++;
                growing = false;
            }
            lastClique[ending] = complete - 1;
        }
        return complete;
    }

    private List<Integer> sortedBy(Comparator<Integer> comparator) {
        return IntStream.range(0, size()).boxed().sorted(comparator).toList();
    }
}
