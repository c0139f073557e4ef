package qcc.ops.tflite;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import qcc.ops.ChannelFlow;
import qcc.ops.KnownChannels;
import qcc.ops.PointwiseOperation;
import qcc.ops.Window;
import qcc.ops.fixedpoint.FixedPoint;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The mean of the raw elements of each window inside the image, to nearest, ties away from zero. */
public record TfliteAveragePool(Geometry geometry) implements PointwiseOperation {

    /** The kernel's literals; results are limited to lo..hi. */
    public record Geometry(Window window, int channels, int lo, int hi) {
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        Window window = geometry.window();
        int channels = geometry.channels();
        IntTensor result = IntTensor.zeros(window.output(channels));
        int[] sum = new int[1];
        int[] count = new int[1];
        for (int i = 0; i < result.size(); i++) {
            int c = i % channels;
            sum[0] = 0;
            count[0] = 0;
            window.forEachTap(i / channels / window.outW(), i / channels % window.outW(), (element, pixel) -> {
                if (pixel >= 0) {
                    sum[0] = Math.addExact(sum[0], inputs.get(0).get(pixel * channels + c));
                    count[0]++;
                }
            });
            int mean = FixedPoint.divideToNearest(sum[0], count[0]);
            result.set(i, Math.max(geometry.lo(), Math.min(geometry.hi(), mean)));
        }
        return result;
    }

    @Override
    public KnownChannels knownChannels(List<KnownChannels> inputs) {
        // The mean of equal integers is that integer, whatever their number.
        return KnownChannels.of(geometry.channels(), c -> {
            OptionalInt x = inputs.get(0).find(c);
            return x.isEmpty() ? x
                    : OptionalInt.of(Math.max(geometry.lo(), Math.min(geometry.hi(), x.getAsInt())));
        });
    }

    @Override
    public TfliteAveragePool prune(ChannelFlow flow) {
        return new TfliteAveragePool(new Geometry(geometry.window(), flow.output().cardinality(), geometry.lo(),
                geometry.hi()));
    }

    @Override
    public Optional<Window> window() {
        return Optional.of(geometry.window());
    }

    @Override
    public String mnemonic() {
        return "tflite_avg_pool";
    }

    @Override
    public String describe() {
        return "kernel = [" + geometry.window().kernelH() + ", " + geometry.window().kernelW() + "]";
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return geometry.window().output(geometry.channels());
    }
}
