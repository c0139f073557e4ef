package qcc.importer.tflite;

import java.util.List;
import java.util.Optional;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.LayerScheme;
import qcc.ops.Lowering;
import qcc.tensor.Shape;

/** Where an operator's quantisation rule puts the integer form of a layer whose result is a tensor of the file. */
record TensorLowering(GraphImporter graph, String name, TensorInfo tensor, List<Value> inputs) implements Lowering {

    @Override
    public Quantization output() {
        return Tensors.quantization(tensor);
    }

    @Override
    public LayerScheme scheme() {
        return LayerScheme.DEFAULT;
    }

    @Override
    public Value emit(IntegerOperation operation, List<Value> arguments, Shape shape, Quantization quantization) {
        graph.emit(name, tensor, operation, arguments);
        return graph.value(tensor);
    }

    @Override
    public Value emitHelper(String role, IntegerOperation operation, List<Value> arguments, Shape shape,
            Quantization quantization) {
        return graph.append(graph.unique(name + "_" + role), operation, arguments, Optional.of(quantization));
    }
}
