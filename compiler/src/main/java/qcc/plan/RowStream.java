package qcc.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * Successive layers that compute their rows in turn, so that the tensors between them never exist as a whole: of each,
 * a ring keeps the last rows. For the memory planner this is one node with a large scratch memory.
 *
 * @param layers    in topological order; the last one computes the only tensor that is read elsewhere
 * @param order     the layers, by index, in the order in which they compute their next bands
 * @param rings     of all tensors but the last, by the value's id
 * @param scratch   the offset of each layer's scratch within the stream's memory, by layer
 * @param bytes     the stream's memory: rings and scratch
 * @param sweep     over what is read from outside, in the order of {@link #inputs}, and the last tensor
 * @param node      the whole for the planner
 * @param overheads what it costs beyond computing layer after layer
 */
public record RowStream(List<RowLayer> layers, List<Integer> order, Map<Integer, Ring> rings, List<Long> scratch,
        long bytes, Sweep sweep, Node node, Overheads overheads) {
    public RowStream {
        layers = List.copyOf(layers);
        order = List.copyOf(order);
        rings = Map.copyOf(rings);
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
     * Work that only streams have.
     *
     * @param calls       of kernels, beyond one for each layer
     * @param movedBytes  pushed down in rings
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

    /** What is read from outside, each once. */
    public List<Value> inputs() {
        return node.inputs();
    }

    public Value output() {
        return node.output();
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
