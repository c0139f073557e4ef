package qcc.importer.onnx;

import java.util.List;

/** The result of a node that could not be imported: what depends on it is not looked at any more. */
record Unknown() implements Operand {

    @Override
    public List<Integer> dims() {
        return List.of();
    }
}
