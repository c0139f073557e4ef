package qcc.importer.tflite;

import java.util.Map;
import qcc.diagnostics.Code;
import qcc.importer.tflite.schema.BuiltinOperator;

/** The operators that are taken over, one line each. */
final class Converters {
    private static final Map<Integer, Converter> ALL = Map.ofEntries(
            Map.entry(BuiltinOperator.ADD, Elementwise::add),
            Map.entry(BuiltinOperator.AVERAGE_POOL_2D, Pools::average),
            Map.entry(BuiltinOperator.CONCATENATION, Moves::concatenation),
            Map.entry(BuiltinOperator.CONV_2D, Convolutions::conv2d),
            Map.entry(BuiltinOperator.DEPTHWISE_CONV_2D, Convolutions::depthwise),
            Map.entry(BuiltinOperator.DEQUANTIZE, Borders::dequantize),
            Map.entry(BuiltinOperator.EXPAND_DIMS, Moves::reshape),
            Map.entry(BuiltinOperator.FULLY_CONNECTED, FullyConnected::convert),
            Map.entry(BuiltinOperator.HARD_SWISH, HardSwishTable::convert),
            Map.entry(BuiltinOperator.LEAKY_RELU, Tables::leakyRelu),
            Map.entry(BuiltinOperator.LOGISTIC, Tables::logistic),
            Map.entry(BuiltinOperator.MAX_POOL_2D, Pools::max),
            Map.entry(BuiltinOperator.MEAN, Pools::mean),
            Map.entry(BuiltinOperator.MUL, Elementwise::mul),
            Map.entry(BuiltinOperator.PAD, Moves::pad),
            Map.entry(BuiltinOperator.QUANTIZE, Borders::quantize),
            Map.entry(BuiltinOperator.RELU, Tables::relu),
            Map.entry(BuiltinOperator.RELU6, Tables::relu6),
            Map.entry(BuiltinOperator.RELU_N1_TO_1, Tables::reluMinusOneToOne),
            Map.entry(BuiltinOperator.RESHAPE, Moves::reshape),
            Map.entry(BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, Moves::resizeNearest),
            Map.entry(BuiltinOperator.SOFTMAX, Moves::softmax),
            Map.entry(BuiltinOperator.SPLIT, Slices::split),
            Map.entry(BuiltinOperator.SQUEEZE, Moves::reshape),
            Map.entry(BuiltinOperator.STRIDED_SLICE, Slices::stridedSlice),
            Map.entry(BuiltinOperator.SUB, Elementwise::sub),
            Map.entry(BuiltinOperator.TANH, Tables::tanh),
            Map.entry(BuiltinOperator.TRANSPOSE, Moves::transpose));

    private Converters() {
    }

    /** The converter of an operator. */
    static Converter find(OperatorInfo info) {
        Converter converter = ALL.get(info.code());
        if (converter == null) {
            throw new Unsupported(Code.E902, "the operator is not supported",
                    "replace it by others, or remove it from the model and compute it in the application");
        }
        return converter;
    }

    /** The operator's name in the format. */
    static String name(OperatorInfo info) {
        if (!info.custom().isEmpty()) {
            return info.custom();
        }
        return info.code() >= 0 && info.code() < BuiltinOperator.names.length
                ? BuiltinOperator.names[info.code()] : "operator code " + info.code();
    }
}
