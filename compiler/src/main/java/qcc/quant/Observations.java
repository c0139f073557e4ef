package qcc.quant;

import java.util.List;
import java.util.Map;
import qcc.ir.Value;
import qcc.tensor.FloatTensor;

/**
 * What calibration samples showed of the values of a graph.
 *
 * @param histograms by the id of each value
 * @param tensors    all tensors of the values that a softmax reads, by id, in the order of the samples
 */
record Observations(Map<Integer, Histogram> histograms, Map<Integer, List<FloatTensor>> tensors) {

    Histogram histogram(Value value) {
        return histograms.get(value.id());
    }
}
