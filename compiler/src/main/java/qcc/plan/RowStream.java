package qcc.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * Successive layers that compute their rows in turn, so that the tensors between them never exist as a whole: of each,
 * a ring keeps the last rows. For the memory planner this is one node with a large scratch memory.
 *
 * @param layers    in topological order; the last one computes the only tensor that is read elsewhere
 * @param order     the layers, by index, in the order in which they compute their next bands
 * @param rings     of all tensors that layers compute but the last, by the value's id
 * @param windows   of the inputs that the application supplies row by row, by the value's id
 * @param scratch   the offset of each layer's scratch within the stream's memory, by layer
 * @param bytes     the stream's memory: rings and scratch
 * @param sweep     over what is read from outside, in the order of {@link #inputs}, and the last tensor
 * @param node      the whole for the planner
 * @param overheads what it costs beyond computing layer after layer
 */
public record RowStream(List<RowLayer> layers, List<Integer> order, Map<Integer, Ring> rings,
        Map<Integer, Window> windows, List<Long> scratch, long bytes, Sweep sweep, Node node, Overheads overheads) {
    public RowStream {
        layers = List.copyOf(layers);
        order = List.copyOf(order);
        rings = Map.copyOf(rings);
        windows = Map.copyOf(windows);
        scratch = List.copyOf(scratch);
    }

    /**
     * The last rows of a tensor, the oldest first; when it is full, new rows push the old ones down.
     *
     * @param rows   how many are kept
     * @param offset of the first one within the stream's memory
     */
    public record Ring(Value value, int rows, long offset) {
        public long bytes() {
            return (long) rows * RowLayer.pitch(value);
        }

        /** Where a row is, from the stream's memory on, when {@code made} rows have been computed. */
        public long address(int row, int made) {
            return offset + (long) (row - Math.max(0, made - rows)) * RowLayer.pitch(value);
        }
    }

    /**
     * The rows of a supplied input that are still needed, the oldest first. When a layer needs others, those that the
     * window can no longer hold leave it, and the application is asked for the new ones.
     *
     * @param rows     how many are kept
     * @param offset   of the first one within the stream's memory
     * @param followed true when a single layer reads it: the window then begins with the first row that this layer needs
     */
    public record Window(Value value, int rows, long offset, boolean followed) {
        public long bytes() {
            return (long) rows * RowLayer.pitch(value);
        }

        /** The row that the window begins with, unless it is further already, when these rows are needed. */
        public int begin(int first, int end) {
            return followed ? first : Math.max(0, end - rows);
        }
    }

    /** A row of an input. */
    public record Row(Value value, int row) {
    }

    /**
     * Work that only streams have.
     *
     * @param calls       of kernels, beyond one for each layer
     * @param movedBytes  pushed down in rings and windows
     * @param rereadBytes read again by kernels that keep rows aside
     * @param resetBytes  of scratch that such kernels prepare in every call
     */
    public record Overheads(int calls, long movedBytes, long rereadBytes, long resetBytes) {
    }

    /** An estimate of the instructions that the stream costs beyond computing layer after layer. */
    public long cost() {
        return 120L * overheads.calls() + overheads.movedBytes() * 3 / 5 + overheads.rereadBytes() * 2
                + overheads.resetBytes() / 4;
    }

    /** The ring of a value; empty for those that exist as a whole. */
    public Optional<Ring> ring(Value value) {
        return Optional.ofNullable(rings.get(value.id()));
    }

    /** The window of a value; empty for those that are not supplied row by row. */
    public Optional<Window> window(Value value) {
        return Optional.ofNullable(windows.get(value.id()));
    }

    /** The rows that the application is asked for, in this order; rows behind the last one that is needed are not. */
    public List<Row> suppliedRows() {
        List<Row> rows = new ArrayList<>();
        int[] made = new int[layers.size()];
        Map<Integer, Integer> next = new HashMap<>();
        for (int index : order) {
            RowLayer layer = layers.get(index);
            made[index] = Math.min(layer.height(), made[index] + layer.band());
            for (Value input : layer.inputs()) {
                if (windows.containsKey(input.id())) {
                    int end = layer.window().end(made[index] - 1, RowLayer.height(input));
                    IntStream.range(next.getOrDefault(input.id(), 0), end).forEach(row -> rows.add(new Row(input, row)));
                    next.merge(input.id(), end, Math::max);
                }
            }
        }
        return rows;
    }

    /** Where the rows of a value are kept, from the stream's memory on; empty for those that exist as a whole. */
    public OptionalLong offset(Value value) {
        return Stream.concat(ring(value).stream().map(Ring::offset), window(value).stream().map(Window::offset))
                .mapToLong(Long::longValue).findFirst();
    }

    /** What is read from outside, each once. */
    public List<Value> inputs() {
        return node.inputs();
    }

    public Value output() {
        return node.output();
    }

    /** The layers, and before them or among them the nodes that stand for what is supplied, in the order of the graph. */
    public List<Node> nodes() {
        return ((StreamedLayers) node.operation()).nodes();
    }

    /** The index of the layer that computes a value; empty for the inputs. */
    public Optional<Integer> producer(Value value) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).output().id() == value.id()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return layers.stream().map(layer -> layer.node().name()).collect(Collectors.joining(", "));
    }
}
