package qcc.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Places the rings and scratch buffers of a stream: two may share bytes if they are never in use together. */
final class StreamPacking {
    private static final int SHUFFLES = 40;
    private static final long SEED = 20260101;

    private final List<Item> items = new ArrayList<>();
    private long bytes;

    /** @param live the events during which it is in use */
    private record Item(long bytes, BitSet live) {
    }

    /** Adds something to place; it may have no bytes. */
    void add(long size, BitSet live) {
        items.add(new Item(MemoryPlan.align(size), live));
    }

    /** The offsets of all, in the order in which they were added: the best of several first-fit placements. */
    long[] offsets() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
        order.sort(Comparator.comparingLong(i -> -items.get(i).bytes()));
        long[] best = firstFit(order);
        bytes = end(best);
        Random random = new Random(SEED);
        for (int i = 0; i < SHUFFLES; i++) {
            Collections.shuffle(order, random);
            long[] other = firstFit(order);
            if (end(other) < bytes) {
                best = other;
                bytes = end(other);
            }
        }
        return best;
    }

    /** The bytes that the offsets take. */
    long bytes() {
        return bytes;
    }

    private long end(long[] offsets) {
        return IntStream.range(0, items.size()).mapToLong(i -> offsets[i] + items.get(i).bytes()).max().orElse(0);
    }

    private long[] firstFit(List<Integer> order) {
        long[] offsets = new long[items.size()];
        List<Integer> placed = new ArrayList<>();
        for (int item : order) {
            long cursor = 0;
            for (int other : placed) {
                if (items.get(item).live().intersects(items.get(other).live())) {
                    if (offsets[other] - cursor >= items.get(item).bytes()) {
                        break;
                    }
                    cursor = Math.max(cursor, offsets[other] + items.get(other).bytes());
                }
            }
            offsets[item] = cursor;
            placed.add(item);
            placed.sort(Comparator.comparingLong(i -> offsets[i]));
        }
        return offsets;
    }
}
