package qcc.tests.calibration;

import java.util.List;
import qcc.ops.IntegerOperation;
import qcc.tensor.Shape;

/**
 * A layer that is measured.
 *
 * @param inputs shapes of its inputs
 */
record LayerSample(IntegerOperation operation, List<Shape> inputs) {
    LayerSample {
        inputs = List.copyOf(inputs);
    }

    Shape output() {
        return operation.resultShape(inputs);
    }

    /** Of its tensors; those of the inputs stand in flash, too. */
    int bytes() {
        return output().size() + 2 * inputs.stream().mapToInt(Shape::size).sum();
    }
}
