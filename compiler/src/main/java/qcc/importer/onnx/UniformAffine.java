package qcc.importer.onnx;

import qcc.ops.BatchNorm;
import qcc.ops.Layer;
import qcc.ops.Lookup;

/** Multiplication by a number and addition of a number in a quantised model: a table. */
final class UniformAffine {

    private UniformAffine() {
    }

    /** The rule for a batch normalisation that is the same for all channels. */
    @SuppressWarnings("unchecked")
    static Source.Rule of(Layer<?> layer) {
        BatchNorm.Affine affine = BatchNorm.affine((Layer<BatchNorm.Attributes>) layer);
        double factor = affine.factors()[0];
        double offset = affine.offsets()[0];
        if (affine.factor().stream().distinct().count() > 1 || affine.offset().stream().distinct().count() > 1) {
            throw ImportException.unsupported("constants that differ between channels, next to quantised activations",
                    "fold them into the weights and the bias of the layer before when you quantise");
        }
        return (lowering, clamp) -> lowering.emit(Lookup.of("affine", x -> factor * x + offset,
                lowering.input().quantized(), lowering.output(), clamp, lowering.input().shape().size()),
                lowering.inputs(), lowering.input().shape(), lowering.output());
    }
}
