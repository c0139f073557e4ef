package qcc.importer.onnx;

import qcc.diagnostics.Code;
import qcc.tensor.Shape;

/** What keeps the import of any file within bounded time and memory. */
final class Limits {
    /** Bytes of a model file, and of all its external data. */
    static final int MAX_FILE = 1 << 25;
    /** Nodes of a graph, and its inputs and initialisers together. */
    static final int MAX_NODES = 10_000;
    /** Messages of a file, at all depths: each costs more memory than the two bytes that it may take in the file. */
    static final int MAX_MESSAGES = 1_000_000;
    /** Elements of all constants that are computed from others. */
    static final int MAX_COMPUTED = 1 << 24;
    /** Elements of the trained arrays of all layers, where shared ones count for each layer. */
    static final int MAX_PARAMETERS = 1 << 25;
    /** Inputs of one node. */
    static final int MAX_OPERANDS = 64;

    private Limits() {
    }

    /** The shape, if a microcontroller could hold a tensor of it. */
    static Shape check(Shape shape) {
        if (!shape.isReasonable()) {
            throw new ImportException(Code.E308, "a tensor of the shape " + shape + " is empty or too large",
                    "no microcontroller holds such a tensor");
        }
        return shape;
    }
}
