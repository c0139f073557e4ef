package qcc.program;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import qcc.plan.RowLayer;
import qcc.plan.RowStream;

/**
 * How a step of a stream finds its rows.
 *
 * @param stream which of the program's streams it belongs to
 * @param layer  its position in the stream
 * @param rows   the layer
 * @param inputs where the rows of the inputs are
 * @param output where the rows of the result go
 */
public record RowStep(int stream, int layer, RowLayer rows, List<Rows> inputs, Rows output) {
    public RowStep {
        inputs = List.copyOf(inputs);
    }

    /**
     * The rows of a tensor.
     *
     * @param offset   of the tensor, or of the ring with its last rows, from the arena's start
     * @param pitch    bytes of a row
     * @param kept     rows in the ring; empty where there is none
     * @param producer the layer of the stream that computes it; empty where it was there before
     * @param window   of an input that the application supplies row by row
     */
    public record Rows(int offset, int pitch, OptionalInt kept, OptionalInt producer, Optional<RowStream.Window> window) {
    }
}
