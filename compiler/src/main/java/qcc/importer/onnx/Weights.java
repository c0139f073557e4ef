package qcc.importer.onnx;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import qcc.tensor.Shape;

/**
 * The trained arrays of a weighted layer.
 *
 * @param array      the weights as ONNX has them
 * @param shape      the layout of the layer's {@code weight} parameter
 * @param position   for each element of that layout, the index in {@code array}
 * @param channels   number of output channels
 * @param bias       for each output channel
 * @param factor     that multiplies every weight
 * @param biasFactor that multiplies every bias
 */
record Weights(KnownTensor array, Shape shape, IntUnaryOperator position, int channels, Optional<KnownTensor> bias,
        double factor, double biasFactor) {

    static Weights of(KnownTensor array, Shape shape, IntUnaryOperator position, int channels,
            Optional<KnownTensor> bias) {
        return new Weights(array, shape, position, channels, bias, 1, 1);
    }

    /** The bias of a channel; a bias of one element serves all. */
    double biasOf(int channel) {
        return bias.map(b -> b.get(b.size() == 1 ? 0 : channel) * biasFactor).orElse(0.0);
    }
}
