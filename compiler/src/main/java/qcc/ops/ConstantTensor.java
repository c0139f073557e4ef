package qcc.ops;

import java.util.List;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * A tensor that is the same in every run, brought from flash to where operands are.
 *
 * @param geometry the kernel's literals
 * @param data     int8 values
 */
public record ConstantTensor(Geometry geometry, IntTensor data) implements IntegerOperation {

    /** The number of elements. */
    public record Geometry(int n) {
    }

    public static ConstantTensor of(IntTensor data) {
        return new ConstantTensor(new Geometry(data.size()), data);
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        return data;
    }

    @Override
    public List<Constant> constants() {
        return List.of(new Constant("data", Constant.CType.INT8, data));
    }

    @Override
    public String mnemonic() {
        return "constant";
    }

    @Override
    public String describe() {
        return "";
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return data.shape();
    }
}
