package qcc.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * The first step in which the most bytes are alive: what to look at when a model does not fit.
 *
 * @param step      as in {@link Lifetime}
 * @param node      the layer that runs in this step; empty before the first and after the last one
 * @param bytes     what the residents occupy, overlaps counted once; the arena has more only if its free gaps cannot be used
 * @param residents what is alive, the largest first, then in the order of the plan
 */
public record Peak(int step, Optional<Node> node, long bytes, List<Resident> residents) {
    public Peak {
        residents = List.copyOf(residents);
    }

    /**
     * A stretch of memory that is in use.
     *
     * @param value the value that it holds, the youngest if several share it; empty for scratch memory
     * @param name  the value's, or the name of the node whose scratch memory it is
     * @param bytes its size, rounded up to the alignment
     */
    public record Resident(Optional<Value> value, String name, long bytes) {
    }

    /** Finds the peak of a plan of this graph. */
    public static Peak of(Graph graph, MemoryPlan plan) {
        long[] live = liveBytes(graph, plan);
        int peak = 0;
        for (int i = 1; i < live.length; i++) {
            peak = live[i] > live[peak] ? i : peak;
        }
        int step = peak + Lifetime.BEFORE;
        boolean runsNode = step >= 0 && step < graph.nodes().size();
        return new Peak(step, runsNode ? Optional.of(graph.nodes().get(step)) : Optional.empty(), live[peak],
                residents(plan, step));
    }

    /** The bytes in use in each step, from the one before the first node to the one after the last. */
    private static long[] liveBytes(Graph graph, MemoryPlan plan) {
        long[] live = new long[graph.nodes().size() + 2];
        for (int i = 0; i < live.length; i++) {
            live[i] = occupied(plan, i + Lifetime.BEFORE);
        }
        return live;
    }

    /** What is alive may overlap: its bytes are counted once. */
    private static long occupied(MemoryPlan plan, int step) {
        NavigableMap<Long, Long> endByStart = new TreeMap<>();
        plan.storages().stream().filter(storage -> storage.lifetime().contains(step)).forEach(storage ->
                endByStart.merge(storage.offset(), storage.offset() + storage.bytes(), Math::max));
        plan.scratch().values().stream().filter(scratch -> scratch.step() == step).forEach(scratch ->
                endByStart.merge(scratch.offset(), scratch.offset() + MemoryPlan.align(scratch.bytes()), Math::max));
        long sum = 0;
        long end = 0;
        for (Map.Entry<Long, Long> range : endByStart.entrySet()) {
            sum += Math.max(0, range.getValue() - Math.max(end, range.getKey()));
            end = Math.max(end, range.getValue());
        }
        return sum;
    }

    private static List<Resident> residents(MemoryPlan plan, int step) {
        List<Resident> residents = new ArrayList<>();
        for (MemoryPlan.Storage storage : plan.storages()) {
            storage.values().stream()
                    .filter(placed -> placed.lifetime().contains(step))
                    .reduce((older, younger) -> younger)
                    .ifPresent(placed -> residents.add(
                            new Resident(Optional.of(placed.value()), placed.value().name(), storage.bytes())));
        }
        plan.scratch().forEach((node, scratch) -> {
            if (scratch.step() == step) {
                residents.add(new Resident(Optional.empty(), node, MemoryPlan.align(scratch.bytes())));
            }
        });
        residents.sort(Comparator.comparingLong(Resident::bytes).reversed());
        return residents;
    }
}
