package qcc.ops.wide;

import java.util.List;
import qcc.ir.IntegerType;
import qcc.ops.Requantization;
import qcc.ops.WeightedSum;
import qcc.ops.Window;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * A grouped convolution of int8 or int16 images to either: with a group for each channel the depthwise one, with an
 * image of one pixel the fully connected layer. Outside the image, the input reads as its zero point. Sums are exact;
 * where they may leave int32, their last {@code drop} bits are cut off before the requantisation.
 *
 * @param shape          of the result
 * @param weights        [outC][kernelH][kernelW][inC / groups], int8
 * @param bias           [outC], with zero points and rounding constants
 * @param requantization of {@code sum >> drop}
 */
public record WideConvolution(Geometry geometry, Shape shape, IntTensor weights, IntTensor bias,
        Requantization requantization) implements WeightedSum {

    @Override
    public WideConvolution with(IntTensor otherWeights, IntTensor otherBias, Requantization other) {
        return new WideConvolution(geometry, shape, otherWeights, otherBias, other);
    }

    /**
     * The kernel's literals.
     *
     * @param inBits  of an input, 8 or 16
     * @param outBits of a result, 8 or 16
     * @param drop    last bits of a sum that are cut off; 0 where all sums fit int32
     */
    public record Geometry(Window window, int inC, int outC, int groups, int inZero, int inBits, int outBits,
            int drop) {
    }

    /** The bits that have to be cut off sums of at most {@code bound} in magnitude, so that int32 holds them. */
    public static int drop(long bound) {
        return Math.max(0, Long.SIZE + 1 - Long.numberOfLeadingZeros(bound) - Integer.SIZE);
    }

    /** What no sum of a channel without its bias exceeds in magnitude, in whatever order it is computed. */
    public static long bound(IntTensor weights, int channels, int channel, IntegerType input) {
        int fanIn = weights.size() / channels;
        long sum = 0;
        for (int k = channel * fanIn; k < (channel + 1) * fanIn; k++) {
            sum += Math.abs(weights.get(k));
        }
        return -input.min() * sum;
    }

    private IntegerType input() {
        return geometry.inBits() == 8 ? IntegerType.INT8 : IntegerType.INT16;
    }

    private long bound(int channel) {
        return Math.abs((long) bias.get(channel)) + bound(weights, geometry.outC(), channel, input());
    }

    @Override
    public int accumulatorBits() {
        long largest = 0;
        for (int c = 0; c < geometry.outC(); c++) {
            largest = Math.max(largest, bound(c));
        }
        return Long.SIZE + 1 - Long.numberOfLeadingZeros(largest);
    }

    @Override
    public void proveAccumulators() {
        for (int c = 0; c < geometry.outC(); c++) {
            requantization.prove("the accumulator of output channel " + c + (geometry.drop() == 0 ? "" : " without its"
                    + " last " + geometry.drop() + " bits"), c, (bound(c) >> geometry.drop()) + 1);
        }
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        IntTensor image = inputs.get(0);
        Window window = geometry.window();
        int depth = geometry.inC() / geometry.groups();
        int fanIn = weights.size() / geometry.outC();
        int filters = geometry.outC() / geometry.groups();
        IntTensor result = IntTensor.zeros(shape);
        long[] sum = new long[1];
        for (int i = 0; i < result.size(); i++) {
            int place = i / geometry.outC();
            int o = i % geometry.outC();
            int first = o / filters * depth;
            sum[0] = bias.get(o);
            window.forEachTap(place / window.outW(), place % window.outW(), (element, pixel) -> {
                for (int k = 0; k < depth; k++) {
                    long x = pixel < 0 ? geometry.inZero() : image.get(pixel * geometry.inC() + first + k);
                    sum[0] += weights.get(o * fanIn + element * depth + k) * x;
                }
            });
            result.set(i, requantization.apply(o, Math.toIntExact(sum[0] >> geometry.drop())));
        }
        return result;
    }

    @Override
    public long macs() {
        return (long) geometry.window().outH() * geometry.window().outW() * weights.size();
    }

    @Override
    public String mnemonic() {
        return "wide_conv2d";
    }

    @Override
    public String describe() {
        return geometry.inBits() + " to " + geometry.outBits() + " bits, "
                + (geometry.drop() == 0 ? "" : "drop " + geometry.drop() + ", ") + requantization;
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return shape;
    }
}
