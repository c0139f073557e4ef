package qcc.program;

import java.util.Optional;
import java.util.OptionalInt;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.plan.MemoryPlan;
import qcc.plan.RowLayer;
import qcc.plan.RowStream;

/** Where the steps of a program find their tensors: as a whole in the arena, or row by row in the ring of a stream. */
final class StepPlaces {
    private final ArenaDesign arena;

    StepPlaces(ArenaDesign arena) {
        this.arena = arena;
    }

    /** A tensor, or the ring or window that holds some of its rows. */
    Place of(Value value) {
        return new Place(value, offset(value));
    }

    private int offset(Value value) {
        MemoryPlan.PlacedValue whole = arena.memory().places().get(value.id());
        if (whole != null) {
            return Math.toIntExact(whole.offset());
        }
        RowStream stream = arena.streams().stream().filter(s -> s.offset(value).isPresent()).findFirst().orElseThrow();
        return Math.toIntExact(base(stream) + stream.offset(value).getAsLong());
    }

    /** True for inputs that the application supplies row by row. */
    boolean isSupplied(Value value) {
        return arena.streams().stream().anyMatch(stream -> stream.window(value).isPresent());
    }

    /** A stream's rings and scratch are the scratch of its node. */
    private long base(RowStream stream) {
        return arena.memory().scratchOf(stream.node()).map(MemoryPlan.Scratch::offset).orElse(0L);
    }

    Optional<Integer> scratch(Node node) {
        for (RowStream stream : arena.streams()) {
            int layer = layer(stream, node);
            if (layer >= 0) {
                return Optional.of(Math.toIntExact(base(stream) + stream.scratch().get(layer)))
                        .filter(offset -> stream.layers().get(layer).scratchBytes() > 0);
            }
        }
        return arena.memory().scratchOf(node).map(scratch -> Math.toIntExact(scratch.offset()));
    }

    /** How a step of a stream finds its rows; empty for all others. */
    Optional<RowStep> rows(Node node) {
        for (int i = 0; i < arena.streams().size(); i++) {
            RowStream stream = arena.streams().get(i);
            int layer = layer(stream, node);
            if (layer >= 0) {
                return Optional.of(new RowStep(i, layer, stream.layers().get(layer),
                        node.inputs().stream().map(value -> rows(stream, value)).toList(),
                        rows(stream, node.output())));
            }
        }
        return Optional.empty();
    }

    private static int layer(RowStream stream, Node node) {
        return stream.layers().stream().map(RowLayer::node).toList().indexOf(node);
    }

    private RowStep.Rows rows(RowStream stream, Value value) {
        return new RowStep.Rows(offset(value), RowLayer.pitch(value),
                stream.ring(value).map(ring -> OptionalInt.of(ring.rows())).orElseGet(OptionalInt::empty),
                stream.producer(value).map(OptionalInt::of).orElseGet(OptionalInt::empty), stream.window(value));
    }
}
