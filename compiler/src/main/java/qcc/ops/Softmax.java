package qcc.ops;

import java.util.Arrays;
import java.util.List;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Value;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Exponentials that sum to 1 along the last axis; where nothing else is wanted, with scale 1/256, zero point -128. */
public final class Softmax extends Operator<NoAttributes> {
    /** The largest entry of the table of exponentials. */
    private static final int ONE = Integer.MAX_VALUE;
    /** Exponentials whose sum is smaller than this change no result: 2^-24 of the largest. */
    private static final long NEGLIGIBLE = 1L << 7;
    /** With more elements the low bits that a row drops could be more than an exponential has. */
    private static final int MAX_LENGTH = 32768;
    /** The largest number of bits by which a result can be finer than 1. */
    public static final int MAX_BITS = 15;

    public Softmax() {
        super("softmax", "e^x / sum of e^x along the last axis", NoAttributes.class);
    }

    @Override
    public Shape infer(NoAttributes attributes, List<Shape> inputs) {
        if (inputs.get(0).last() > MAX_LENGTH) {
            throw new ShapeException("softmax over " + inputs.get(0).last() + " elements is not supported",
                    "at most " + MAX_LENGTH + " are");
        }
        return inputs.get(0);
    }

    @Override
    public FloatTensor evaluate(Layer<NoAttributes> layer, List<FloatTensor> inputs) {
        FloatTensor result = inputs.get(0).copy();
        int length = result.shape().last();
        for (int row = 0; row < result.size(); row += length) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = row; i < row + length; i++) {
                max = Math.max(max, result.get(i));
            }
            double sum = 0;
            for (int i = row; i < row + length; i++) {
                sum += StrictMath.exp(result.get(i) - max);
            }
            for (int i = row; i < row + length; i++) {
                result.set(i, StrictMath.exp(result.get(i) - max) / sum);
            }
        }
        return result;
    }

    @Override
    public OutputScale outputScale(NoAttributes attributes) {
        return OutputScale.FIXED;
    }

    @Override
    public Quantization fixedQuantization() {
        return new Quantization(Scale.powerOfTwo(-8), Quantization.MIN);
    }

    @Override
    public Value lower(Layer<NoAttributes> layer, Lowering lowering) {
        Value x = lowering.input();
        double step = lowering.output().scale().toDouble();
        if (step > 1) {
            throw new QuantizationException("the results of softmax lie between 0 and 1; a scale of " + step
                    + " cannot tell them apart", "quantise them with a scale of 1/256");
        }
        int length = x.shape().last();
        IntTensor table = exponentials(x.quantized().scale().toDouble(), length);
        int bits = Math.min(MAX_BITS, Math.getExponent(1 / step));
        Geometry geometry = new Geometry(x.shape().size() / length, length, table.size(),
                Math.toIntExact(Math.round(Math.scalb(step, bits + 30))), bits, lowering.output().zeroPoint());
        return lowering.emit(new Int8(geometry, table), lowering.inputs(), x.shape(), lowering.output());
    }

    /** {@code ONE * e^(-d * scale)} for d = 0, 1 ..., to the last of which n together could change a result. */
    private static IntTensor exponentials(double scale, int n) {
        int[] table = new int[256];
        int length = 0;
        for (int d = 0; d < table.length; d++) {
            table[d] = (int) Math.floor(ONE * StrictMath.exp(-d * scale) + 0.5);
            length = (long) table[d] * n >= NEGLIGIBLE ? d + 1 : length;
        }
        return IntTensor.vector(Arrays.copyOf(table, length));
    }

    /**
     * The kernel's literals.
     *
     * @param rows  vectors
     * @param n     elements of each
     * @param steps entries of the table
     * @param ratio output scale * 2^bits, in units of 2^-30: at most 1, and more than 1/2 up to 15 bits
     * @param bits  0 .. 15
     * @param zero  the result's zero point
     */
    public record Geometry(int rows, int n, int steps, int ratio, int bits, int zero) {
    }

    /**
     * In each row with the maximum m: {@code e_i = table[m - x_i]}, {@code s = sum e_i} and
     * {@code y_i = min(127, zero + e_i / s / output scale)}, rounded to nearest. So that 32 bits hold the division,
     * s and all e_i drop the same number of low bits first; what the rounding of either adds to a result stays below
     * 1.3e-4 for output scales from 1/1024 on.
     *
     * @param table (2^31 - 1) * e^(-d * input scale), rounded, for d = 0 .. geometry.steps - 1; 0 for larger d
     */
    public record Int8(Geometry geometry, IntTensor table) implements IntegerOperation {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            IntTensor x = inputs.get(0);
            IntTensor result = IntTensor.zeros(x.shape());
            for (int row = 0; row < x.size(); row += geometry.n()) {
                int max = Quantization.MIN;
                for (int i = row; i < row + geometry.n(); i++) {
                    max = Math.max(max, x.get(i));
                }
                long sum = 0;
                for (int i = row; i < row + geometry.n(); i++) {
                    sum += exponential(max - x.get(i));
                }
                int narrowing = Math.max(0, 32 - Long.numberOfLeadingZeros(sum));
                long scaled = (sum >> narrowing) * geometry.ratio() >> 30;
                long total = Math.max(1, nearest(scaled, geometry.bits() + 1));
                for (int i = row; i < row + geometry.n(); i++) {
                    long e = nearest(exponential(max - x.get(i)), narrowing + geometry.bits() + 1);
                    long share = ((e << geometry.bits()) + total / 2) / total;
                    result.set(i, (int) Math.min(Quantization.MAX, geometry.zero() + share));
                }
            }
            return result;
        }

        private long exponential(int difference) {
            return difference < geometry.steps() ? table.get(difference) : 0;
        }

        private static long nearest(long value, int bits) {
            return (value + (1L << (bits - 1))) >> bits;
        }

        @Override
        public List<Constant> constants() {
            return List.of(new Constant("table", Constant.CType.INT32, table));
        }

        @Override
        public String mnemonic() {
            return "softmax";
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

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[10]", "softmax"),
                Example.of("[3, 5, 7]", "softmax"),
                Example.of("[20]", "dense(12) |> softmax"));
    }
}
