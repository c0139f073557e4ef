package qcc.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much of an arena is in use in a step; bytes that several values share count once. */
public final class ArenaUse {
    private ArenaUse() {
    }

    /** A stretch of addresses. */
    private record Stretch(long start, long end) {
    }

    /** Bytes in use in a step, as in {@link Lifetime}, with its working memory. */
    public static long bytes(MemoryPlan plan, int step) {
        List<Stretch> stretches = new ArrayList<>();
        plan.storages().stream().filter(storage -> storage.lifetime().contains(step)).forEach(storage ->
                stretches.add(new Stretch(storage.offset(), storage.offset() + storage.bytes())));
        plan.scratch().values().stream().filter(scratch -> scratch.step() == step).forEach(scratch ->
                stretches.add(new Stretch(scratch.offset(), scratch.offset() + scratch.bytes())));
        stretches.sort(Comparator.comparingLong(Stretch::start));
        long used = 0;
        long reached = 0;
        for (Stretch stretch : stretches) {
            used += Math.max(0, stretch.end() - Math.max(reached, stretch.start()));
            reached = Math.max(reached, stretch.end());
        }
        return used;
    }
}
