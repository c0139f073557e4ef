package qcc.importer.tflite;

import java.util.List;

/**
 * A model as its file describes it, free of FlatBuffers.
 *
 * @param inputs  numbers of tensors
 * @param outputs numbers of tensors
 */
record ModelFile(List<TensorInfo> tensors, List<OperatorInfo> operators, List<Integer> inputs,
        List<Integer> outputs) {
    ModelFile {
        tensors = List.copyOf(tensors);
        operators = List.copyOf(operators);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
