package qcc.importer.onnx;

import java.util.List;

/** What a name in an ONNX graph stands for while the graph is imported. */
sealed interface Operand permits Activation, KnownTensor, Unknown {

    /** The extents as ONNX sees them, with the batch axis. */
    List<Integer> dims();
}
