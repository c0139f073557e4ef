package qcc.ops;

import java.util.List;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.wide.WideAddition;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Sums and differences of two tensors: each operand has a factor of its own in integers. */
public abstract class WeightedAddition extends BinaryOperator {
    /** Factors have at most this many bits, so that sums of two products with int8 stay far inside int32. */
    public static final int FACTOR_BITS = 20;

    private final int sign;

    protected WeightedAddition(String name, String summary, int sign) {
        super(name, summary);
        this.sign = sign;
    }

    @Override
    protected double apply(double a, double b) {
        return a + sign * b;
    }

    @Override
    public Value lower(Layer<NoAttributes> layer, Lowering lowering) {
        Quantization a = lowering.inputs().get(0).quantized();
        Quantization b = lowering.inputs().get(1).quantized();
        Quantization y = lowering.output();
        double ratioA = ratio(a, b, y);
        double ratioB = ratio(b, a, y);
        int factorBits = lowering.isWide() ? WideAddition.FACTOR_BITS : FACTOR_BITS;
        int bits = WeightScales.ceilLog2(Math.max(ratioA, ratioB));
        if (bits > factorBits) {
            throw new QuantizationException("one step of an operand is " + Math.max(ratioA, ratioB)
                    + " steps of the result", "the calibration samples must show the range that the result really has");
        }
        int shift = Math.min(factorBits, factorBits - bits);
        int factorA = factor(ratioA, shift);
        int factorB = factor(ratioB, shift);
        while (shift > 0 && factorA % 2 == 0 && factorB % 2 == 0) {
            shift--;
            factorA /= 2;
            factorB /= 2;
        }
        factorB *= sign;
        long bias = -(long) factorA * a.zeroPoint() - (long) factorB * b.zeroPoint()
                + Requantizations.roundingConstant(shift, lowering.scheme().rounding())
                + ((long) y.zeroPoint() << shift);
        Shape shape = lowering.inputs().get(0).shape();
        Geometry geometry = new Geometry(shape.size(), lowering.inputs().get(1).shape().size(), factorA, factorB,
                Math.toIntExact(bias), shift, Requantizations.lowBound(y, layer.clamp()),
                Requantizations.highBound(y, layer.clamp()));
        return lowering.emit(lowering.isWide() ? wide(geometry, a, b, y) : new Int8(geometry), lowering.inputs(), shape,
                y);
    }

    private static WideAddition wide(Geometry g, Quantization a, Quantization b, Quantization y) {
        return new WideAddition(new WideAddition.Geometry(g.n(), g.period(), g.m1(), g.m2(), g.bias(), g.shift(),
                g.lo(), g.hi(), WideLowering.bits(a), WideLowering.bits(b), WideLowering.bits(y)));
    }

    /**
     * Steps of the result for one step of an operand. An operand so much coarser than the other that one step of it
     * saturates the result, whatever the other one is, gets just the factor that does so: a larger one would only
     * leave fewer bits to the other's.
     */
    private static double ratio(Quantization operand, Quantization other, Quantization result) {
        double step = result.scale().toDouble();
        double levels = levels(result);
        return Math.min(operand.scale().toDouble() / step, 2 * levels + levels(other) * (other.scale().toDouble() / step));
    }

    private static double levels(Quantization quantization) {
        return 1.0 + quantization.type().max() - quantization.type().min();
    }

    private static int factor(double ratio, int shift) {
        return Math.toIntExact(Math.round(Math.scalb(ratio, shift)));
    }

    /**
     * The kernel's literals.
     *
     * @param n      elements of the first operand and of the result
     * @param period elements of the second operand, which is repeated
     * @param m1     factor of the first operand
     * @param m2     factor of the second operand
     * @param bias   zero points and rounding constant
     * @param shift  right shift of the sum
     * @param lo     smallest result
     * @param hi     largest result
     */
    public record Geometry(int n, int period, int m1, int m2, int bias, int shift, int lo, int hi) {
    }

    /** {@code y[i] = clamp((m1 * a[i] + m2 * b[i % period] + bias) >> shift, lo, hi)}. */
    public record Int8(Geometry geometry) implements PointwiseOperation {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            IntTensor a = inputs.get(0);
            IntTensor b = inputs.get(1);
            IntTensor result = IntTensor.zeros(a.shape());
            for (int i = 0; i < a.size(); i++) {
                result.set(i, apply(a.get(i), b.get(i % geometry.period())));
            }
            return result;
        }

        /** The result for a pair of operands. */
        public int apply(int a, int b) {
            int sum = Math.addExact(Math.multiplyExact(geometry.m1(), a), Math.multiplyExact(geometry.m2(), b));
            int scaled = Math.floorDiv(Math.addExact(sum, geometry.bias()), 1 << geometry.shift());
            return Math.max(geometry.lo(), Math.min(geometry.hi(), scaled));
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            return KnownChannels.ofTwo(inputs.get(0), inputs.get(1), this::apply);
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            Geometry g = geometry;
            return new Int8(new Geometry(flow.remaining(g.n()), flow.remaining(1, g.period()), g.m1(), g.m2(),
                    g.bias(), g.shift(), g.lo(), g.hi()));
        }

        @Override
        public void proveAccumulators() {
            long bound = 128L * (Math.abs(geometry.m1()) + Math.abs(geometry.m2()))
                    + Math.abs((long) geometry.bias());
            if (bound >= 1L << 31) {
                throw new OverflowException("the sum can reach " + bound + "; 32 bits end at 2147483647");
            }
        }

        @Override
        public String mnemonic() {
            return "add";
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
}
