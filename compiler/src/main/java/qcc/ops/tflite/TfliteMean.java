package qcc.ops.tflite;

import java.util.List;
import java.util.OptionalInt;
import qcc.ir.Quantization;
import qcc.ops.ChannelFlow;
import qcc.ops.ChannelwiseOperation;
import qcc.ops.KnownChannels;
import qcc.ops.OverflowException;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * The mean over neighbouring axes: of x[outer][count][inner] over the middle one. The factor of the scales and
 * 1 / count are one multiplier.
 *
 * @param geometry the kernel's literals
 * @param shape    of the result, outer * inner elements
 */
public record TfliteMean(Geometry geometry, Shape shape) implements ChannelwiseOperation {

    /**
     * The kernel's literals.
     *
     * @param outer  repetitions
     * @param count  elements of each mean
     * @param inner  distance of neighbouring elements of a mean
     * @param inZero zero point of the input
     * @param zero   zero point of the result
     * @param m      significand of the factor, at least 0
     * @param right  its shift to the right, -30..31
     * @param single 1 when low bits are dropped in one step, else 0
     */
    public record Geometry(int outer, int count, int inner, int inZero, int zero, int m, int right, int single) {
    }

    /** The operation for a factor input scale / result scale. */
    public static TfliteMean of(int outer, int count, int inner, Quantization input, Quantization output,
            RoundingSteps steps, Shape shape) {
        QuantizedMultiplier factor = QuantizedMultiplier.of(input.scale().toDouble() / output.scale().toDouble(), steps);
        if (factor.shift() > 30) {
            throw new OverflowException("sums are multiplied by 2^" + (factor.shift() - 1) + " and more");
        }
        int shift = Math.min(31 - Integer.numberOfLeadingZeros(count), 31 + factor.shift());
        int significand = (int) (((long) factor.significand() << shift) / count);
        return new TfliteMean(new Geometry(outer, count, inner, input.zeroPoint(), output.zeroPoint(), significand,
                shift - factor.shift(), steps == RoundingSteps.SINGLE ? 1 : 0), shape);
    }

    /** The mean over all positions of an image with {@code inner} channels, for a multiplier that holds 1 / count. */
    public static TfliteMean ofMultiplier(int count, int inner, int inZero, int zero, int significand, int right,
            RoundingSteps steps, Shape shape) {
        return new TfliteMean(new Geometry(1, count, inner, inZero, zero, significand, right,
                steps == RoundingSteps.SINGLE ? 1 : 0), shape);
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        Geometry g = geometry;
        IntTensor result = IntTensor.zeros(shape);
        for (int i = 0; i < result.size(); i++) {
            int sum = 0;
            for (int k = 0; k < g.count(); k++) {
                int x = inputs.get(0).get((i / g.inner() * g.count() + k) * g.inner() + i % g.inner());
                sum = Math.addExact(sum, x - g.inZero());
            }
            result.set(i, requantize(sum));
        }
        return result;
    }

    private int requantize(int sum) {
        QuantizedMultiplier factor = new QuantizedMultiplier(geometry.m(), -geometry.right());
        RoundingSteps steps = geometry.single() == 1 ? RoundingSteps.SINGLE : RoundingSteps.DOUBLE;
        int y = Math.addExact(geometry.zero(), factor.apply(sum, steps));
        return Math.max(Quantization.MIN, Math.min(Quantization.MAX, y));
    }

    /** True when the mean is over positions, not over channels. */
    private boolean keepsChannels(int channels) {
        return geometry.inner() % channels == 0 && shape.last() == channels;
    }

    @Override
    public KnownChannels knownChannels(List<KnownChannels> inputs) {
        KnownChannels x = inputs.get(0);
        return !keepsChannels(x.size()) ? KnownChannels.none(shape.last()) : KnownChannels.of(x.size(), c ->
                x.isKnown(c) ? OptionalInt.of(requantize(geometry.count() * (x.value(c) - geometry.inZero())))
                        : OptionalInt.empty());
    }

    @Override
    public void settle(ChannelFlow flow) {
        if (keepsChannels(flow.known(0).size())) {
            flow.tieAll();
        } else {
            flow.keepAll();
        }
    }

    @Override
    public TfliteMean prune(ChannelFlow flow) {
        Geometry g = geometry;
        return new TfliteMean(new Geometry(g.outer(), g.count(), flow.remaining(g.inner()), g.inZero(), g.zero(), g.m(),
                g.right(), g.single()), shape.withLast(flow.output().cardinality()));
    }

    @Override
    public void proveAccumulators() {
        long bound = 255L * geometry.count() << Math.max(0, -geometry.right());
        long added = (1L << Math.max(0, geometry.right())) / 2 + 128;
        if (bound + added >= 1L << 31) {
            throw new OverflowException("the sum of " + geometry.count() + " elements can reach " + bound + ", plus "
                    + added + "; 32 bits end at 2147483647");
        }
    }

    @Override
    public String mnemonic() {
        return "tflite_mean";
    }

    @Override
    public String describe() {
        return "count = " + geometry.count();
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return shape;
    }
}
