package qcc.plan;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A memory in which every byte carries the tag of what was written to it last. Exact to the byte; equal neighbours are
 * kept as runs, so that its cost does not depend on how large the tensors are.
 */
final class TaggedMemory {
    /** From each key up to the next one. */
    private final NavigableMap<Long, Optional<Object>> runs = new TreeMap<>();

    TaggedMemory() {
        runs.put(Long.MIN_VALUE, Optional.empty());
    }

    /** Writes a tag to the bytes from {@code start} up to but not including {@code end}. */
    void fill(long start, long end, Object tag) {
        if (start >= end) {
            return;
        }
        Optional<Object> after = at(end);
        runs.subMap(start, end).clear();
        runs.put(start, Optional.of(tag));
        runs.put(end, after);
    }

    /** The first byte from {@code start} up to but not including {@code end} that does not carry the tag. */
    Optional<Long> firstWithout(Object tag, long start, long end) {
        if (start < end && !at(start).equals(Optional.of(tag))) {
            return Optional.of(start);
        }
        return runs.subMap(start, end).entrySet().stream()
                .filter(run -> !run.getValue().equals(Optional.of(tag)))
                .map(NavigableMap.Entry::getKey)
                .findFirst();
    }

    /** The tag of a byte; empty if nothing was written there. */
    Optional<Object> at(long address) {
        return runs.floorEntry(address).getValue();
    }
}
