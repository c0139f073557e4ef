package qcc.ops;

import java.util.List;
import qcc.ir.Quantization;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.wide.WideProduct;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Product of two tensors, element by element. */
public final class Mul extends BinaryOperator {

    public Mul() {
        super("mul", "a * b, element by element");
    }

    @Override
    protected double apply(double a, double b) {
        return a * b;
    }

    @Override
    public Value lower(Layer<NoAttributes> layer, Lowering lowering) {
        Value a = lowering.inputs().get(0);
        Value b = lowering.inputs().get(1);
        double ratio = a.quantized().scale().toDouble() * b.quantized().scale().toDouble()
                / lowering.output().scale().toDouble();
        Requantization requantization = Requantizations.of(new double[] {ratio}, lowering.output(), layer.clamp(),
                lowering.scheme());
        int bias = Math.toIntExact(
                Requantizations.foldedConstant(requantization, 0, lowering.output(), lowering.scheme(), 0));
        Int8 operation = new Int8(new Geometry(a.shape().size(), b.shape().size(), a.quantized().zeroPoint(),
                b.quantized().zeroPoint(), bias), requantization);
        return lowering.emit(lowering.isWide() ? wide(operation, a, b, lowering.output()) : operation,
                lowering.inputs(), a.shape(), lowering.output());
    }

    private static WideProduct wide(Int8 product, Value a, Value b, Quantization output) {
        Geometry g = product.geometry();
        return new WideProduct(new WideProduct.Geometry(g.n(), g.period(), g.z1(), g.z2(), g.bias(),
                WideLowering.bits(a.quantized()), WideLowering.bits(b.quantized()), WideLowering.bits(output)),
                product.requantization());
    }

    /**
     * The kernel's literals.
     *
     * @param n      elements of the first operand and of the result
     * @param period elements of the second operand, which is repeated
     * @param z1     zero point of the first operand
     * @param z2     zero point of the second operand
     * @param bias   what the shift rule expects to be folded in
     */
    public record Geometry(int n, int period, int z1, int z2, int bias) {
    }

    /** The requantised {@code (a[i] - z1) * (b[i % period] - z2) + bias}. */
    public record Int8(Geometry geometry, Requantization requantization)
            implements RequantizedOperation, PointwiseOperation {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            IntTensor a = inputs.get(0);
            IntTensor result = IntTensor.zeros(a.shape());
            for (int i = 0; i < a.size(); i++) {
                result.set(i, apply(a.get(i), inputs.get(1).get(i % geometry.period())));
            }
            return result;
        }

        private int apply(int a, int b) {
            int product = (a - geometry.z1()) * (b - geometry.z2());
            return requantization.apply(0, Math.addExact(product, geometry.bias()));
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            return KnownChannels.ofTwo(inputs.get(0), inputs.get(1), this::apply);
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            Geometry g = geometry;
            return new Int8(new Geometry(flow.remaining(g.n()), flow.remaining(1, g.period()), g.z1(), g.z2(),
                    g.bias()), requantization);
        }

        @Override
        public void proveAccumulators() {
            long bound = 255L * 255 + Math.abs((long) geometry.bias());
            requantization.prove("the product", 0, bound);
        }

        @Override
        public String mnemonic() {
            return "mul";
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return inputs.get(0);
        }
    }
}
