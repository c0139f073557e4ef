package qcc.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * A static arena. All offsets are in bytes from its start and multiples of {@link #ALIGNMENT}.
 *
 * @param arenaBytes the size of the arena, a multiple of {@link #ALIGNMENT}
 * @param lowerBound the most bytes that one step needs when every output overlaps dying inputs as far as it may: no
 *                   plan of this graph in this order is smaller
 * @param storages   the stretches of the arena that hold values, in the order of their first step
 * @param scratch    the working memory of the nodes that have some, by the node's name, in execution order
 */
public record MemoryPlan(long arenaBytes, long lowerBound, List<Storage> storages, Map<String, Scratch> scratch) {
    /** Every tensor and every scratch buffer starts at a multiple of this, so that kernels may load words. */
    public static final int ALIGNMENT = 4;

    public MemoryPlan {
        storages = List.copyOf(storages);
        scratch = Collections.unmodifiableMap(new LinkedHashMap<>(scratch));
    }

    /**
     * A stretch of the arena and the values that hold it, one after the other or as names of the same bytes.
     *
     * @param offset   of its first byte
     * @param bytes    its length, rounded up to the alignment
     * @param lifetime from the first write of its oldest value to the last read of its youngest
     * @param values   in the order in which they are defined
     */
    public record Storage(long offset, long bytes, Lifetime lifetime, List<PlacedValue> values) {
        public Storage {
            values = List.copyOf(values);
        }
    }

    /**
     * A value in the arena; it takes {@code value.bytes()} bytes.
     *
     * @param value    the tensor
     * @param offset   of its first element
     * @param lifetime from the step that defines this value to the last that reads it under this name
     * @param sharing  whose place it takes, and why; empty for the first value of a storage
     */
    public record PlacedValue(Value value, long offset, Lifetime lifetime, Optional<Sharing> sharing) {
    }

    /**
     * Working memory of one node, free before and after its step.
     *
     * @param step   the node's position
     * @param offset of its first byte
     * @param bytes  as the node asked for them
     */
    public record Scratch(int step, long offset, int bytes) {
    }

    /** Every value's place by the value's id. */
    public Map<Integer, PlacedValue> places() {
        Map<Integer, PlacedValue> places = new LinkedHashMap<>();
        storages.forEach(storage -> storage.values().forEach(placed -> places.put(placed.value().id(), placed)));
        return places;
    }

    /** The scratch of a node; empty if it asked for none. */
    public Optional<Scratch> scratchOf(Node node) {
        return Optional.ofNullable(scratch.get(node.name()));
    }

    /** This plan, known to be no smaller than another bound. */
    MemoryPlan withLowerBound(long bound) {
        return new MemoryPlan(arenaBytes, bound, storages, scratch);
    }

    /** {@code bytes} rounded up to the alignment. */
    public static long align(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
