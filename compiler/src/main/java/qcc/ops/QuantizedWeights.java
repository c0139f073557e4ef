package qcc.ops;

import java.util.List;
import qcc.ir.Scale;
import qcc.tensor.IntTensor;

/**
 * The trained arrays of a weighted layer as integers. The zero point of weights is 0.
 *
 * @param weights int8 values in the layout of the layer's {@code weight} parameter
 * @param scales  real value of one step, for each output channel
 * @param bias    for each output channel, in units of the input's scale times the channel's scale
 */
public record QuantizedWeights(IntTensor weights, List<Scale> scales, List<Long> bias) {
    public QuantizedWeights {
        scales = List.copyOf(scales);
        bias = List.copyOf(bias);
    }
}
