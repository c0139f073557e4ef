package qcc.quant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.ops.OutputStatistics;

/**
 * The mean of every channel of a value, where the statistics of batch normalisation tell it: results before the clamp
 * are taken to be normally distributed. It passes through operators that keep the mean of a channel.
 */
final class ExpectedValues {
    private final Map<Integer, List<Double>> means = new HashMap<>();

    ExpectedValues(Graph graph) {
        for (Node node : graph.nodes()) {
            Layer<?> layer = (Layer<?>) node.operation();
            if (layer.statistics().isPresent()) {
                means.put(node.output().id(), clamped(layer.statistics().get(), layer.clamp()));
            } else if (layer.operator().keepsMean() && layer.clamp().isAll()) {
                of(node.inputs().get(0)).ifPresent(same -> means.put(node.output().id(), same));
            }
        }
    }

    /** The means of the channels of a value, if they are known. */
    Optional<List<Double>> of(Value value) {
        return Optional.ofNullable(means.get(value.id()));
    }

    private static List<Double> clamped(OutputStatistics statistics, Interval clamp) {
        List<Double> result = new ArrayList<>();
        for (int c = 0; c < statistics.channels(); c++) {
            result.add(Normal.clampedMean(statistics.mean().get(c), statistics.deviation().get(c), clamp));
        }
        return result;
    }
}
