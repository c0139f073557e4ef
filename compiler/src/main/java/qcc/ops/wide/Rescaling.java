package qcc.ops.wide;

import java.util.List;
import qcc.ir.IntegerType;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ops.IntegerOperation;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** {@code y[i] = clamp((m * x[i] + bias) >> shift, lo, hi)}, computed in 64 bits: another scale or type, or a clamp. */
public record Rescaling(Geometry geometry) implements IntegerOperation {
    private static final int MAX_SHIFT = 22;

    /**
     * The kernel's literals.
     *
     * @param n       elements
     * @param m       factor
     * @param bias    zero points and rounding constant
     * @param shift   0..{@value #MAX_SHIFT}
     * @param lo      smallest result
     * @param hi      largest result
     * @param inBits  of an operand, 8 or 16
     * @param outBits of a result
     */
    public record Geometry(int n, int m, int bias, int shift, int lo, int hi, int inBits, int outBits) {
    }

    /** The real values limited to an interval, as integers of another quantisation, to the nearest, ties up. */
    public static Rescaling of(Quantization input, Quantization output, Interval clamp, int size) {
        double ratio = input.scale().toDouble() / output.scale().toDouble();
        // A step that is all of the result's range saturates it, whatever the factor.
        double factor = Math.min(ratio, 1 << (Short.SIZE + 1));
        int shift = MAX_SHIFT;
        while (shift > 0 && Math.scalb(factor, shift) >= 1 << MAX_SHIFT) {
            shift--;
        }
        int m = (int) Math.round(Math.scalb(factor, shift));
        while (shift > 0 && m % 2 == 0) {
            m /= 2;
            shift--;
        }
        long bias = -(long) m * input.zeroPoint() + ((long) output.zeroPoint() << shift) + (1L << shift >> 1);
        return new Rescaling(new Geometry(size, m, Math.toIntExact(bias), shift,
                clamp.low() == Double.NEGATIVE_INFINITY ? output.type().min() : output.quantize(clamp.low()),
                clamp.high() == Double.POSITIVE_INFINITY ? output.type().max() : output.quantize(clamp.high()),
                bits(input.type()), bits(output.type())));
    }

    private static int bits(IntegerType type) {
        return Byte.SIZE * type.bytes();
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        Geometry g = geometry;
        IntTensor x = inputs.get(0);
        IntTensor result = IntTensor.zeros(x.shape());
        for (int i = 0; i < x.size(); i++) {
            long scaled = ((long) g.m() * x.get(i) + g.bias()) >> g.shift();
            result.set(i, (int) Math.max(g.lo(), Math.min(g.hi(), scaled)));
        }
        return result;
    }

    @Override
    public String mnemonic() {
        return "rescale";
    }

    @Override
    public String describe() {
        return geometry.m() + " * x, shift " + geometry.shift();
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return inputs.get(0);
    }
}
