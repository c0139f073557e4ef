package qcc.ops;

import java.util.List;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Value;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Exponentials that sum to 1 along the last axis; results have the scale 1/256 and the zero point -128. */
public final class Softmax extends Operator<NoAttributes> {
    /** The largest entry of the table of exponentials. */
    private static final int ONE = 65535;
    /** With more elements the sum of exponentials could leave 32 bits. */
    private static final int MAX_LENGTH = 32768;

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
        double scale = x.quantized().scale().toDouble();
        IntTensor table = IntTensor.zeros(Shape.of(256));
        for (int d = 0; d < 256; d++) {
            table.set(d, (int) Math.floor(ONE * StrictMath.exp(-d * scale) + 0.5));
        }
        int length = x.shape().last();
        Int8 operation = new Int8(new Geometry(x.shape().size() / length, length), table);
        return lowering.emit(operation, lowering.inputs(), x.shape(), lowering.output());
    }

    /** The kernel's literals: rows, and elements of each. */
    public record Geometry(int rows, int n) {
    }

    /**
     * In each row with the maximum m: {@code e_i = table[m - x_i]}, {@code s = sum e_i} and
     * {@code y_i = min(127, -128 + floor((256 * e_i + floor(s / 2)) / s))}.
     *
     * @param table 65535 * e^(-d * input scale), rounded, for d = 0 .. 255
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
                    sum += table.get(max - x.get(i));
                }
                if (sum >= 1L << 31) {
                    throw new ArithmeticException("softmax sum " + sum);
                }
                for (int i = row; i < row + geometry.n(); i++) {
                    long y = Quantization.MIN + (256L * table.get(max - x.get(i)) + sum / 2) / sum;
                    result.set(i, (int) Math.min(Quantization.MAX, y));
                }
            }
            return result;
        }

        @Override
        public List<Constant> constants() {
            return List.of(new Constant("table", Constant.CType.UINT16, table));
        }

        @Override
        public boolean worksInPlace(int index) {
            return true;
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
