package qcc.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * Tensors to place where an output may overlap an input that dies in the step, by as much as the kernel's sweep allows.
 * An item is a value with all its views; items are numbered in the order of their first steps.
 */
final class OverlapProblem {
    private final Graph graph;
    private final Liveness liveness;
    private final KernelMemory kernels;
    private final List<List<Value>> values = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Map<Integer, Integer> itemOfRoot = new HashMap<>();
    /** By output item, for each input item that dies when the output is written. */
    private final Map<Integer, Map<Integer, Gap>> gaps = new HashMap<>();
    private final Map<Integer, Integer> scratch = new LinkedHashMap<>();

    /**
     * Offsets of an output behind an input that are safe: multiples of {@code unit} up to {@code below}, which is one,
     * and all from {@code above} on.
     */
    record Gap(long below, long above, long unit) {
        static Gap of(Sweep sweep, int input) {
            long unit = common(MemoryPlan.ALIGNMENT, sweep.interleave());
            return new Gap(Math.floorDiv(sweep.below(input), unit) * unit, sweep.above(input), unit);
        }

        boolean allows(long delta) {
            return delta <= below && delta % unit == 0 || delta >= above;
        }

        /** Both of two demands. */
        Gap and(Gap other) {
            long both = common(unit, other.unit);
            return new Gap(Math.floorDiv(Math.min(below, other.below), both) * both, Math.max(above, other.above), both);
        }

        /** The least common multiple. */
        private static long common(long a, long b) {
            return a / BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact() * b;
        }
    }

    OverlapProblem(Graph graph, Liveness liveness, KernelMemory kernels) {
        this.graph = graph;
        this.liveness = liveness;
        this.kernels = kernels;
        for (Input input : graph.inputs()) {
            add(input.value());
        }
        for (int step = 0; step < graph.nodes().size(); step++) {
            Node node = graph.nodes().get(step);
            if (Liveness.isView(node)) {
                values.get(itemOf(node.inputs().get(0))).add(node.output());
                continue;
            }
            add(node.output());
            addGaps(node, step);
            if (kernels.scratchBytes(node) > 0) {
                scratch.put(step, kernels.scratchBytes(node));
            }
        }
    }

    private void add(Value value) {
        itemOfRoot.put(value.id(), values.size());
        values.add(new ArrayList<>(List.of(value)));
        blocks.add(new Block(MemoryPlan.align(value.bytes()), liveness.bytesLifetime(value)));
    }

    private int itemOf(Value value) {
        return itemOfRoot.get(liveness.root(value));
    }

    private void addGaps(Node node, int step) {
        Sweep sweep = kernels.sweep(node);
        Map<Integer, Gap> found = new LinkedHashMap<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            int item = itemOf(node.inputs().get(i));
            if (blocks.get(item).lifetime().last() == step) {
                found.merge(item, Gap.of(sweep, i), Gap::and);
            }
        }
        gaps.put(itemOf(node.output()), found);
    }

    int size() {
        return blocks.size();
    }

    Block block(int item) {
        return blocks.get(item);
    }

    /** How an output may overlap another item; empty where it may not. */
    Optional<Gap> gap(int output, int input) {
        return Optional.ofNullable(gaps.getOrDefault(output, Map.of()).get(input));
    }

    /** The scratch of a step, rounded up to the alignment; 0 for none. */
    long scratch(int step) {
        return MemoryPlan.align(scratch.getOrDefault(step, 0));
    }

    int steps() {
        return graph.nodes().size();
    }

    /** The demand of the step that needs the most: no arena is smaller. */
    long lowerBound() {
        return LongStream.rangeClosed(Lifetime.BEFORE, steps()).map(step -> need((int) step)).max().orElse(0);
    }

    /** What the step that needs the most would need if nothing overlapped. */
    long apart() {
        return LongStream.rangeClosed(Lifetime.BEFORE, steps()).map(step -> live((int) step)).max().orElse(0);
    }

    /** What is alive in a step, less what its output can share at most. */
    long need(int step) {
        return live(step) - IntStream.range(0, size()).filter(item -> block(item).lifetime().first() == step)
                .mapToLong(this::shareable).sum();
    }

    private long live(int step) {
        return scratch(step) + IntStream.range(0, size()).filter(item -> block(item).lifetime().contains(step))
                .mapToLong(item -> block(item).bytes()).sum();
    }

    private long shareable(int output) {
        long sum = 0;
        for (Map.Entry<Integer, Gap> gap : gaps.getOrDefault(output, Map.of()).entrySet()) {
            sum += shareable(block(gap.getKey()).bytes(), block(output).bytes(), gap.getValue());
        }
        return Math.min(sum, block(output).bytes());
    }

    private static long shareable(long input, long output, Gap gap) {
        boolean anywhere = gap.below() >= 0 || gap.above() <= input - output;
        long low = gap.below() == Long.MAX_VALUE || anywhere ? output : output + Math.max(gap.below(), -output);
        return Math.min(input, low);
    }

    /** The plan with the items at these offsets, and scratch by step at those. */
    MemoryPlan plan(long arena, long lowerBound, long[] offsets, Map<Integer, Long> scratchOffsets) {
        List<MemoryPlan.Storage> storages = new ArrayList<>();
        for (int item = 0; item < size(); item++) {
            List<MemoryPlan.PlacedValue> placed = new ArrayList<>();
            for (Value value : values.get(item)) {
                Optional<Sharing> sharing = placed.isEmpty() ? Optional.empty()
                        : Optional.of(new Sharing(Sharing.Reason.VIEW, placed.get(0).value().id()));
                placed.add(new MemoryPlan.PlacedValue(value, offsets[item], liveness.lifetime(value), sharing));
            }
            storages.add(new MemoryPlan.Storage(offsets[item], block(item).bytes(), block(item).lifetime(), placed));
        }
        Map<String, MemoryPlan.Scratch> placedScratch = new LinkedHashMap<>();
        scratch.forEach((step, bytes) -> placedScratch.put(graph.nodes().get(step).name(),
                new MemoryPlan.Scratch(step, scratchOffsets.get(step), bytes)));
        return new MemoryPlan(arena, lowerBound, storages, placedScratch);
    }
}
