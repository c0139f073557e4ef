package qcc.ops.tflite;

import java.util.List;
import java.util.Optional;
import qcc.ops.ChannelFlow;
import qcc.ops.KnownChannels;
import qcc.ops.PointwiseOperation;
import qcc.ops.Requantization;
import qcc.ops.RequantizedOperation;
import qcc.ops.WeightedAddition;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * Sum or difference of two tensors: both are brought to a common scale with {@link #LEFT_SHIFT} more bits, rounded
 * there, added, and requantised. The rule of the requantisation is {@link Requantization.Tflite}.
 */
public record TfliteAddition(Geometry geometry, Requantization requantization)
        implements RequantizedOperation, PointwiseOperation {
    /** Operands are multiplied by 2^20 before they are scaled down to the common scale. */
    public static final int LEFT_SHIFT = 20;

    /**
     * The kernel's literals.
     *
     * @param n      elements of the first operand and of the result
     * @param period elements of the second operand, which is repeated
     * @param z1     zero point of the first operand
     * @param m1     significand of its factor, 2^30 .. 2^31 - 1
     * @param right1 shift to the right of its factor, 0..31
     * @param z2     zero point of the second operand
     * @param m2     significand of its factor
     * @param right2 shift to the right of its factor
     * @param sign   1 for a sum, -1 for a difference
     */
    public record Geometry(int n, int period, int z1, int m1, int right1, int z2, int m2, int right2, int sign) {
    }

    /** The operation for factors of at most 1/2 for each operand. */
    public static TfliteAddition of(int n, int period, Operand a, Operand b, int sign, Requantization requantization) {
        return new TfliteAddition(new Geometry(n, period, a.zero(), a.significand(), a.right(), b.zero(),
                b.significand(), b.right(), sign), requantization);
    }

    /**
     * How one operand is scaled.
     *
     * @param zero   its zero point
     * @param factor from its scale to the common one, at most 1/2
     */
    public record Operand(int zero, QuantizedMultiplier factor) {
        /** A factor of 0 is written as 2^-32, which gives 0 for every operand. */
        private int significand() {
            return factor.significand() == 0 ? 1 << 30 : factor.significand();
        }

        private int right() {
            return factor.significand() == 0 ? 31 : -factor.shift();
        }
    }

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

    private int apply(int a, int b) {
        RoundingSteps steps = ((Requantization.Tflite) requantization.rule()).steps();
        QuantizedMultiplier first = new QuantizedMultiplier(geometry.m1(), -geometry.right1());
        QuantizedMultiplier second = new QuantizedMultiplier(geometry.m2(), -geometry.right2());
        int scaledA = first.apply((a - geometry.z1()) << LEFT_SHIFT, steps);
        int scaledB = second.apply((b - geometry.z2()) << LEFT_SHIFT, steps);
        return requantization.apply(0, Math.addExact(scaledA, geometry.sign() * scaledB));
    }

    /** The same results with a single rounding, where factors for that exist. */
    public Optional<WeightedAddition.Int8> asWeightedSum() {
        return LinearSum.of(this);
    }

    @Override
    public KnownChannels knownChannels(List<KnownChannels> inputs) {
        return KnownChannels.ofTwo(inputs.get(0), inputs.get(1), this::apply);
    }

    @Override
    public TfliteAddition prune(ChannelFlow flow) {
        Geometry g = geometry;
        return new TfliteAddition(new Geometry(flow.remaining(g.n()), flow.remaining(1, g.period()), g.z1(), g.m1(),
                g.right1(), g.z2(), g.m2(), g.right2(), g.sign()), requantization);
    }

    @Override
    public void proveAccumulators() {
        requantization.prove("the sum", 0, 255L << LEFT_SHIFT);
    }

    @Override
    public String mnemonic() {
        return "tflite_add";
    }

    @Override
    public String describe() {
        return (geometry.sign() > 0 ? "a + b, " : "a - b, ") + requantization;
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return inputs.get(0);
    }
}
