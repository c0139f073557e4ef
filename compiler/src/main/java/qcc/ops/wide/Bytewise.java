package qcc.ops.wide;

import java.util.List;
import qcc.ops.IntegerOperation;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * An operation that only moves int16 elements, computed by the kernel that moves bytes: an element is two of them, as
 * a further axis would be.
 *
 * @param elements what it does to elements
 * @param bytes    what that is for the bytes of the same tensors
 */
public record Bytewise(IntegerOperation elements, IntegerOperation bytes) implements IntegerOperation {

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        return elements.evaluate(inputs);
    }

    @Override
    public Record geometry() {
        return bytes.geometry();
    }

    @Override
    public List<? extends Record> inputGeometries() {
        return bytes.inputGeometries();
    }

    @Override
    public String mnemonic() {
        return bytes.mnemonic();
    }

    @Override
    public String describe() {
        return elements.describe();
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return elements.resultShape(inputs);
    }
}
