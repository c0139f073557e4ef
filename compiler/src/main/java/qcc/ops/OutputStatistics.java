package qcc.ops;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a layer's results, before its clamp, are distributed over many inputs, as batch normalisation saw them in
 * training: for each output channel.
 *
 * @param mean      of the results of a channel
 * @param deviation standard deviation of the results of a channel
 */
public record OutputStatistics(List<Double> mean, List<Double> deviation) {
    public OutputStatistics {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    public int channels() {
        return mean.size();
    }

    /** Of results that are multiplied by a positive factor for each channel. */
    public OutputStatistics times(double[] factors) {
        return new OutputStatistics(scaled(mean, factors), scaled(deviation, factors));
    }

    /** Of results to which something is added for each channel. */
    public OutputStatistics plus(double[] offsets) {
        return new OutputStatistics(IntStream.range(0, offsets.length)
                .mapToObj(c -> mean.get(c) + offsets[c]).toList(), deviation);
    }

    private static List<Double> scaled(List<Double> values, double[] factors) {
        return IntStream.range(0, factors.length).mapToObj(c -> values.get(c) * factors[c]).toList();
    }
}
