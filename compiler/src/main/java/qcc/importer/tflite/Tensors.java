package qcc.importer.tflite;

import java.util.List;
import qcc.importer.tflite.schema.TensorType;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.tensor.Shape;

/** From tensors of the file, which have a batch of one, to values of the graph, which have none. */
final class Tensors {
    private static final int MAX_RANK = 4;

    private Tensors() {
    }

    /** The extents without a leading batch of one. */
    static Shape shape(TensorInfo tensor) {
        List<Integer> dims = tensor.dims();
        if (hasBatch(tensor)) {
            dims = dims.subList(1, dims.size());
        }
        Shape shape = dims.isEmpty() ? Shape.of(1) : new Shape(dims);
        if (!shape.isReasonable()) {
            throw new Unsupported("tensor " + tensor + " is empty or too large for any microcontroller",
                    "export the model with a fixed input shape");
        }
        if (shape.rank() > MAX_RANK) {
            throw new Unsupported("tensor " + tensor + " has more than " + MAX_RANK + " axes without the batch",
                    "reshape it");
        }
        return shape;
    }

    /** Whether the first extent is a batch of one that the graph does not have. */
    static boolean hasBatch(TensorInfo tensor) {
        return tensor.dims().size() > 1 && tensor.dims().get(0) == 1;
    }

    /** An axis of the file's tensor, which may count from the end, as an axis of the file's tensor from 0. */
    static int axis(TensorInfo tensor, int axis) {
        int rank = Math.max(1, tensor.dims().size());
        if (axis < -rank || axis >= rank) {
            throw new MalformedModel("axis " + axis + " does not exist in tensor " + tensor);
        }
        return Math.floorMod(axis, rank);
    }

    /** The meaning of the integers of an activation. */
    static Quantization quantization(TensorInfo tensor) {
        if (!tensor.is(TensorType.INT8)) {
            throw new Unsupported("tensor " + tensor + " is not int8", "convert the model with int8 activations, inputs "
                    + "and outputs (inference_input_type = tf.int8, inference_output_type = tf.int8)");
        }
        float scale = tensor.scale();
        long zero = tensor.zeroPoints().get(0);
        if (zero < Quantization.MIN || zero > Quantization.MAX) {
            throw new MalformedModel("tensor " + tensor + " has the zero point " + zero);
        }
        return new Quantization(Scale.dyadic(scale), (int) zero);
    }
}
