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
        Window window = geometry.window();
        int channels = geometry.channels();
        IntTensor result = IntTensor.zeros(shape);
        int[] sum = new int[1];
        int[] count = new int[1];
        for (int i = 0; i < result.size(); i++) {
            int place = i / channels;
            int c = i % channels;
            sum[0] = 0;
            count[0] = 0;
            window.forEachTap(place / window.outW(), place % window.outW(), (element, pixel) -> {
                if (pixel >= 0) {
                    sum[0] = Math.addExact(sum[0], inputs.get(0).get(pixel * channels + c) - geometry.inZero());
                    count[0]++;
                }
            });
            result.set(i, requantization.apply(count[0] - 1, sum[0]));
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
