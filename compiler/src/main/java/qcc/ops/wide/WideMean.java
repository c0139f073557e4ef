package qcc.ops.wide;

import java.util.List;
import qcc.ops.Constant;
import qcc.ops.Requantization;
import qcc.ops.RequantizedOperation;
import qcc.ops.Window;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * The requantised {@code sum x - count * inZero} over the elements of each window inside the image. The rule is a
 * multiplication by a factor that contains 1 / count: one entry, or entry count - 1 of as many as the window has.
 */
public record WideMean(Geometry geometry, Shape shape, Requantization requantization) implements RequantizedOperation {

    /**
     * The kernel's literals.
     *
     * @param inBits  of an operand, 8 or 16
     * @param outBits of a result
     */
    public record Geometry(Window window, int channels, int inZero, int inBits, int outBits) {
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        IntTensor counts = geometry.window().counts();
        IntTensor result = geometry.window().fold(inputs.get(0), 0,
                (sum, x) -> Math.addExact(sum, x - geometry.inZero())).reshape(shape);
        for (int i = 0; i < result.size(); i++) {
            int count = counts.get(i / geometry.channels());
            result.set(i, requantization.apply(count - 1, result.get(i)));
        }
        return result;
    }

    @Override
    public List<Constant> constants() {
        return requantization.constants();
    }

    @Override
    public void proveAccumulators() {
        long most = (1L << (geometry.inBits() - 1)) + Math.abs(geometry.inZero());
        requantization.prove("the sum over a window", 0,
                most * geometry.window().kernelH() * geometry.window().kernelW());
    }

    @Override
    public String mnemonic() {
        return "wide_avg_pool";
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return shape;
    }
}
