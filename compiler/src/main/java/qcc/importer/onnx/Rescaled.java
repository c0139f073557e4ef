package qcc.importer.onnx;

import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.Lookup;
import qcc.ops.Lowering;
import qcc.tensor.Shape;
import java.util.List;

/**
 * Operators whose results have a fixed quantisation (softmax) where the model wants another: the result is converted
 * by a table. It is rounded twice, and can be off by one step from a result that is rounded once.
 */
final class Rescaled {

    private Rescaled() {
    }

    static <A extends Record> Value lower(Layer<A> layer, Lowering lowering, Interval clamp) {
        Quantization fixed = layer.operator().fixedQuantization();
        if (fixed.equals(lowering.output()) && clamp.isAll()) {
            return layer.operator().lower(layer, lowering);
        }
        Value result = layer.operator().lower(layer, new Helper(lowering, layer.mnemonic(), fixed));
        Lookup convert = Lookup.of("rescale", x -> x, fixed, lowering.output(), clamp, result.shape().size());
        return lowering.emit(convert, List.of(result), result.shape(), lowering.output());
    }

    /** The lowering of the operator itself, whose result is not that of the layer. */
    private record Helper(Lowering outer, String role, Quantization output) implements Lowering {

        @Override
        public List<Value> inputs() {
            return outer.inputs();
        }

        @Override
        public LayerScheme scheme() {
            return outer.scheme();
        }

        @Override
        public Value emit(IntegerOperation operation, List<Value> inputs, Shape shape, Quantization quantization) {
            return outer.emitHelper(role, operation, inputs, shape, quantization);
        }

        @Override
        public Value emitHelper(String name, IntegerOperation operation, List<Value> inputs, Shape shape,
                Quantization quantization) {
            return outer.emitHelper(name, operation, inputs, shape, quantization);
        }
    }
}
