package qcc.ops.tflite;

import java.util.List;
import java.util.OptionalInt;
import qcc.ops.ChannelFlow;
import qcc.ops.KnownChannels;
import qcc.ops.PoolOperation;
import qcc.ops.Window;
import qcc.ops.fixedpoint.FixedPoint;
import qcc.tensor.IntTensor;

/** The mean of the raw elements of each window inside the image, to nearest, ties away from zero. */
public record TfliteAveragePool(Geometry geometry) implements PoolOperation<TfliteAveragePool.Geometry> {

    /** The kernel's literals; results are limited to lo..hi. */
    public record Geometry(Window window, int channels, int lo, int hi) implements PoolOperation.Literals {
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        IntTensor counts = geometry.window().counts();
        IntTensor result = geometry.window().fold(inputs.get(0), 0, Math::addExact);
        for (int i = 0; i < result.size(); i++) {
            int mean = FixedPoint.divideToNearest(result.get(i), counts.get(i / geometry.channels()));
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
    public String mnemonic() {
        return "tflite_avg_pool";
    }
}
