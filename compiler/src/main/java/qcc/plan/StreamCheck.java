package qcc.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Value;

/**
 * Checks a stream by running its order on a memory of tags: every byte remembers which row of which tensor was written
 * to it. Each call of a kernel must find the rows that it depends on, after its scratch memory was overwritten and
 * again after its output was written. What the application supplies is written when the layer that needs it is called,
 * each row once and in order. Knows nothing of when the scheduler thinks that a ring or a window is in use.
 */
final class StreamCheck {
    private final RowStream stream;
    private final TaggedMemory memory = new TaggedMemory();
    private final int[] made;
    private final Map<Integer, Supplied> supplied = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** How far a window is: the row that it begins with, and the row that is asked for next. */
    private record Supplied(int begin, int next) {
    }

    private record Row(int valueId, int row) {
    }

    private record Scratch(int layer) {
    }

    /** The tag of bytes that were moved but are not a whole row. */
    private record Debris() {
    }

    private StreamCheck(RowStream stream) {
        this.stream = stream;
        made = new int[stream.layers().size()];
    }

    /** What is wrong with the stream; empty if it is right. */
    static List<String> violations(RowStream stream) {
        StreamCheck check = new StreamCheck(stream);
        stream.order().forEach(check::run);
        for (int i = 0; i < check.made.length; i++) {
            RowLayer layer = stream.layers().get(i);
            if (check.made[i] != layer.height()) {
                check.violations.add(layer.node().name() + " has computed " + check.made[i] + " of " + layer.height()
                        + " rows");
            }
        }
        return check.violations;
    }

    private void run(int index) {
        RowLayer layer = stream.layers().get(index);
        int row = made[index];
        int end = Math.min(layer.height(), row + layer.band());
        Optional<RowStream.Ring> ring = stream.ring(layer.output());
        ring.ifPresent(r -> push(r, row, end));
        layer.inputs().stream().flatMap(input -> stream.window(input).stream()).distinct()
                .forEach(window -> supply(window, layer, row, end));
        long scratch = stream.scratch().get(index);
        fill(scratch, layer.scratchBytes(), new Scratch(index));
        checkInputs(layer, row, end);
        ring.ifPresent(r -> {
            for (int i = row; i < end; i++) {
                fill(r.address(i, end), RowLayer.pitch(r.value()), new Row(r.value().id(), i));
            }
        });
        checkInputs(layer, row, end);
        if (layer.scratchBytes() > 0) {
            memory.firstWithout(new Scratch(index), scratch, scratch + layer.scratchBytes()).ifPresent(at ->
                    violations.add(layer.node().name() + " writes to its own scratch"));
        }
        made[index] = end;
    }

    /** Moves the rows that stay in the ring down to make room. */
    private void push(RowStream.Ring ring, int before, int after) {
        int pitch = RowLayer.pitch(ring.value());
        for (int row = Math.max(0, after - ring.rows()); row < before; row++) {
            Row tag = new Row(ring.value().id(), row);
            long from = ring.address(row, before);
            boolean whole = memory.firstWithout(tag, from, from + pitch).isEmpty();
            fill(ring.address(row, after), pitch, whole ? tag : new Debris());
        }
    }

    /** Moves the rows that stay in the window to its begin, and asks for those that the layer lacks. */
    private void supply(RowStream.Window window, RowLayer layer, int row, int end) {
        int pitch = RowLayer.pitch(window.value());
        int first = layer.window().first(row);
        int last = layer.window().end(end - 1, RowLayer.height(window.value()));
        Supplied before = supplied.getOrDefault(window.value().id(), new Supplied(0, 0));
        int begin = Math.max(before.begin(), window.begin(first, last));
        for (int i = begin; begin > before.begin() && i < before.next(); i++) {
            Row tag = new Row(window.value().id(), i);
            long from = window.offset() + (long) (i - before.begin()) * pitch;
            boolean whole = memory.firstWithout(tag, from, from + pitch).isEmpty();
            fill(window.offset() + (long) (i - begin) * pitch, pitch, whole ? tag : new Debris());
        }
        for (int i = before.next(); i < last; i++) {
            long at = window.offset() + (long) Math.max(0, i - begin) * pitch;
            if (at + pitch > window.offset() + window.bytes()) {
                violations.add("row " + i + " of " + window.value().name() + " has no place in its window");
            }
            fill(at, pitch, new Row(window.value().id(), i));
        }
        supplied.put(window.value().id(), new Supplied(begin, Math.max(before.next(), last)));
    }

    private void checkInputs(RowLayer layer, int row, int end) {
        for (Value input : layer.inputs()) {
            stream.window(input).ifPresent(window -> checkWindow(window, layer, row, end));
            stream.ring(input).ifPresent(ring -> {
                int rows = made[stream.producer(input).orElseThrow()];
                int last = layer.window().end(end - 1, RowLayer.height(input));
                for (int i = layer.window().first(row); i < last; i++) {
                    long at = ring.address(i, rows);
                    boolean there = i < rows && i >= rows - ring.rows() && memory.firstWithout(
                            new Row(input.id(), i), at, at + RowLayer.pitch(input)).isEmpty();
                    if (!there) {
                        violations.add("row " + i + " of " + input.name() + " is lost when " + layer.node().name()
                                + " computes row " + row);
                    }
                }
            });
        }
    }

    private void checkWindow(RowStream.Window window, RowLayer layer, int row, int end) {
        Value input = window.value();
        int begin = supplied.get(input.id()).begin();
        int last = layer.window().end(end - 1, RowLayer.height(input));
        int pitch = RowLayer.pitch(input);
        int first = layer.window().first(row);
        if ((long) (first - begin) * pitch % MemoryPlan.ALIGNMENT != 0) {
            violations.add("the rows of " + input.name() + " for row " + row + " of " + layer.node().name()
                    + " do not begin at an aligned address");
        }
        for (int i = first; i < last; i++) {
            long at = window.offset() + (long) (i - begin) * pitch;
            if (i < begin || memory.firstWithout(new Row(input.id(), i), at, at + pitch).isPresent()) {
                violations.add("row " + i + " of " + input.name() + " is lost when " + layer.node().name()
                        + " computes row " + row);
            }
        }
    }

    private void fill(long at, long bytes, Object tag) {
        if (at < 0 || at + bytes > stream.bytes()) {
            violations.add("the stream's memory of " + stream.bytes() + " bytes has no place " + at + " + " + bytes);
        }
        memory.fill(at, at + bytes, tag);
    }
}
