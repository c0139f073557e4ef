package qcc.ops.wide;

import java.util.List;
import qcc.ops.IntegerOperation;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** {@code y[i] = clamp((m1 * a[i] + m2 * b[i % period] + bias) >> shift, lo, hi)}, computed in 64 bits. */
public record WideAddition(Geometry geometry) implements IntegerOperation {
    /** Factors have at most this many bits, which leaves room for zero points in a bias of 32. */
    public static final int FACTOR_BITS = 22;

    /**
     * The kernel's literals.
     *
     * @param n       elements of the first operand and of the result
     * @param period  elements of the second operand, which is repeated
     * @param m1      factor of the first operand
     * @param m2      factor of the second operand
     * @param bias    zero points and rounding constant
     * @param shift   right shift of the sum
     * @param lo      smallest result
     * @param hi      largest result
     * @param aBits   of the first operand, 8 or 16
     * @param bBits   of the second operand
     * @param outBits of the result
     */
    public record Geometry(int n, int period, int m1, int m2, int bias, int shift, int lo, int hi, int aBits, int bBits,
            int outBits) {
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        Geometry g = geometry;
        IntTensor a = inputs.get(0);
        IntTensor b = inputs.get(1);
        IntTensor result = IntTensor.zeros(a.shape());
        for (int i = 0; i < a.size(); i++) {
            long sum = (long) g.m1() * a.get(i) + (long) g.m2() * b.get(i % g.period()) + g.bias();
            result.set(i, (int) Math.max(g.lo(), Math.min(g.hi(), sum >> g.shift())));
        }
        return result;
    }

    @Override
    public String mnemonic() {
        return "wide_add";
    }

    @Override
    public String describe() {
        return geometry.m1() + " * a + " + geometry.m2() + " * b, shift " + geometry.shift();
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return inputs.get(0);
    }
}
