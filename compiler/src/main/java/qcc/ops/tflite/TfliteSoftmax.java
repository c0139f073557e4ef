package qcc.ops.tflite;

import java.util.List;
import qcc.ir.Quantization;
import qcc.ops.Constant;
import qcc.ops.IntegerOperation;
import qcc.ops.OverflowException;
import qcc.ops.fixedpoint.FixedPoint;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.ops.fixedpoint.Transcendental;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * Softmax over the last axis by TFLite's fixed-point steps; the result has scale 1/256 and zero point -128. The
 * exponentials depend on one difference of int8 values only, so they are a table.
 *
 * @param geometry the kernel's literals
 * @param table    e^(-d * scale) * 2^31, saturated, for differences d = 0 .. geometry.steps - 1; 0 for larger ones
 */
public record TfliteSoftmax(Geometry geometry, IntTensor table) implements IntegerOperation {
    private static final int INPUT_BITS = 5;
    private static final int SUM_BITS = 12;

    /** The kernel's literals: rows, elements of each, and entries of the table. */
    public record Geometry(int rows, int n, int steps) {
    }

    /** The operation for logits of the given scale that are multiplied by {@code beta} first. */
    public static TfliteSoftmax of(int rows, int n, float scale, float beta, RoundingSteps steps) {
        double largest = (steps == RoundingSteps.SINGLE ? 1L << 30 : 1L << 31) - 1.0;
        double factor = Math.min((double) beta * scale * (1 << (31 - INPUT_BITS)), largest);
        if (!(factor > 1)) {
            throw new IllegalArgumentException("the scale of the logits, " + scale + ", is too small");
        }
        QuantizedMultiplier multiplier = QuantizedMultiplier.of(factor, steps);
        int radius = inputRadius(INPUT_BITS, multiplier.shift());
        int[] table = new int[Math.min(radius, 255) + 1];
        for (int d = 0; d < table.length; d++) {
            table[d] = Transcendental.exp(multiplier.apply(-d, steps), INPUT_BITS);
        }
        return new TfliteSoftmax(new Geometry(rows, n, table.length), IntTensor.vector(table));
    }

    /** The largest magnitude that stays inside the fixed-point format when shifted left. */
    public static int inputRadius(int integerBits, int leftShift) {
        return (int) Math.floor(((1 << integerBits) - 1) * (double) (1L << (31 - integerBits))
                / Math.scalb(1.0, leftShift));
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        IntTensor x = inputs.get(0);
        IntTensor result = IntTensor.zeros(x.shape());
        for (int row = 0; row < x.size(); row += geometry.n()) {
            int max = Quantization.MIN;
            for (int i = row; i < row + geometry.n(); i++) {
                max = Math.max(max, x.get(i));
            }
            int sum = 0;
            for (int i = row; i < row + geometry.n(); i++) {
                sum = Math.addExact(sum, FixedPoint.divideByPowerOfTwo(exponential(max - x.get(i)), SUM_BITS));
            }
            int headroom = Integer.numberOfLeadingZeros(sum);
            int reciprocal = Transcendental.reciprocalOfOnePlus((sum << headroom) + Integer.MIN_VALUE);
            int exponent = SUM_BITS - headroom + 31 - 8;
            for (int i = row; i < row + geometry.n(); i++) {
                int share = FixedPoint.doublingHighProduct(reciprocal, exponential(max - x.get(i)));
                // Shares of sums from 512 on round to 0; TFLite stops there.
                int y = exponent > 31 ? 0 : FixedPoint.divideByPowerOfTwo(share, exponent);
                result.set(i, Math.min(Quantization.MAX, Quantization.MIN + y));
            }
        }
        return result;
    }

    private int exponential(int difference) {
        return difference < geometry.steps() ? table.get(difference) : 0;
    }

    @Override
    public List<Constant> constants() {
        return List.of(new Constant("table", Constant.CType.INT32, table));
    }

    @Override
    public void proveAccumulators() {
        if (geometry.n() >= 1 << SUM_BITS) {
            throw new OverflowException("a softmax over " + geometry.n() + " elements sums exponentials beyond its "
                    + SUM_BITS + " integer bits; " + ((1 << SUM_BITS) - 1) + " elements are possible");
        }
    }

    @Override
    public String mnemonic() {
        return "tflite_softmax";
    }

    @Override
    public String describe() {
        return "";
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return inputs.get(0);
    }
}
