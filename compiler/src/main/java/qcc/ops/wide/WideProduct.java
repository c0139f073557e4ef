package qcc.ops.wide;

import java.util.List;
import qcc.ops.Requantization;
import qcc.ops.RequantizedOperation;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The requantised {@code (a[i] - z1) * (b[i % period] - z2) + bias}. */
public record WideProduct(Geometry geometry, Requantization requantization) implements RequantizedOperation {

    /**
     * The kernel's literals.
     *
     * @param n       elements of the first operand and of the result
     * @param period  elements of the second operand, which is repeated
     * @param z1      zero point of the first operand
     * @param z2      zero point of the second operand
     * @param bias    what the shift rule expects to be folded in
     * @param aBits   of the first operand, 8 or 16
     * @param bBits   of the second operand
     * @param outBits of the result
     */
    public record Geometry(int n, int period, int z1, int z2, int bias, int aBits, int bBits, int outBits) {
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        Geometry g = geometry;
        IntTensor a = inputs.get(0);
        IntTensor result = IntTensor.zeros(a.shape());
        for (int i = 0; i < a.size(); i++) {
            int product = Math.multiplyExact(a.get(i) - g.z1(), inputs.get(1).get(i % g.period()) - g.z2());
            result.set(i, requantization.apply(0, Math.addExact(product, g.bias())));
        }
        return result;
    }

    @Override
    public void proveAccumulators() {
        long most = span(geometry.aBits(), geometry.z1()) * span(geometry.bBits(), geometry.z2());
        requantization.prove("the product", 0, most + Math.abs((long) geometry.bias()));
    }

    private static long span(int bits, int zero) {
        return (1L << (bits - 1)) + Math.abs(zero);
    }

    @Override
    public String mnemonic() {
        return "wide_mul";
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return inputs.get(0);
    }
}
