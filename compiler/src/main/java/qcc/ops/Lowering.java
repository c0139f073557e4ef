package qcc.ops;

import java.util.List;
import qcc.ir.IntegerType;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.tensor.Shape;

/** What an operator's quantisation rule has to work with: the layer's quantised inputs, and a place for its result. */
public interface Lowering {

    /** The layer's inputs in the integer graph. */
    List<Value> inputs();

    /** The quantisation that calibration chose for the layer's result. */
    Quantization output();

    /** How this layer is to be quantised. */
    LayerScheme scheme();

    /** Appends an integer operation whose result is the layer's. */
    Value emit(IntegerOperation operation, List<Value> inputs, Shape shape, Quantization quantization);

    /** Appends an integer operation before the last one; {@code role} becomes part of its name. */
    Value emitHelper(String role, IntegerOperation operation, List<Value> inputs, Shape shape,
            Quantization quantization);

    /** The only input of a layer that has one. */
    default Value input() {
        return inputs().get(0);
    }

    /** True when an input or the result is int16. */
    default boolean isWide() {
        return output().type() == IntegerType.INT16
                || inputs().stream().anyMatch(input -> input.quantized().type() == IntegerType.INT16);
    }
}
