package qcc.importer.onnx;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operators that can be imported, one line each. */
final class NodeImporters {
    private static final Map<String, NodeImporter> STANDARD = Map.ofEntries(
            Map.entry("Add", Binary.ADD::run),
            Map.entry("AveragePool", Pools::averagePool),
            Map.entry("BatchNormalization", Elementwise::batchNormalization),
            Map.entry("Cast", Elementwise::cast),
            Map.entry("Clip", Elementwise::clip),
            Map.entry("Concat", Movement::concat),
            Map.entry("Constant", Folding::constant),
            Map.entry("Conv", Convolutions::convolution),
            Map.entry("DequantizeLinear", Quantizing::dequantize),
            Map.entry("Div", Binary.DIV::run),
            Map.entry("Dropout", Elementwise::dropout),
            Map.entry("Flatten", Movement::flatten),
            Map.entry("Gemm", Products::gemm),
            Map.entry("GlobalAveragePool", Pools::globalAveragePool),
            Map.entry("GlobalMaxPool", Pools::globalMaxPool),
            Map.entry("HardSigmoid", Elementwise::hardSigmoid),
            Map.entry("HardSwish", Elementwise::hardSwish),
            Map.entry("Identity", Elementwise::identity),
            Map.entry("LeakyRelu", Elementwise::leakyRelu),
            Map.entry("MatMul", Products::matMul),
            Map.entry("MaxPool", Pools::maxPool),
            Map.entry("Mul", Binary.MUL::run),
            Map.entry("Pad", Movement::pad),
            Map.entry("QuantizeLinear", Quantizing::quantize),
            Map.entry("ReduceMean", Pools::reduceMean),
            Map.entry("Relu", Elementwise::relu),
            Map.entry("Reshape", Movement::reshape),
            Map.entry("Resize", Resizing::resize),
            Map.entry("Shape", Folding::shape),
            Map.entry("Sigmoid", Elementwise::sigmoid),
            Map.entry("Slice", Slicing::slice),
            Map.entry("Softmax", Movement::softmax),
            Map.entry("Split", Slicing::split),
            Map.entry("Squeeze", Movement::squeeze),
            Map.entry("Sub", Binary.SUB::run),
            Map.entry("Tanh", Elementwise::tanh),
            Map.entry("Transpose", Movement::transpose),
            Map.entry("Unsqueeze", Movement::unsqueeze),
            Map.entry("Upsample", Resizing::upsample),
            Map.entry(QLinear.DEQUANTIZE_BIAS, Quantizing::dequantizeBias));

    /** Operators of quantised models whose operands may have another type than those of the other domains. */
    private static final Set<String> ALSO_IN_MICROSOFT = Set.of("QuantizeLinear", "DequantizeLinear");

    private NodeImporters() {
    }

    /** The importer for nodes with an operand that the network computes. */
    static Optional<NodeImporter> of(OnnxNode node) {
        boolean standard = node.domain().isEmpty()
                || node.domain().equals("com.microsoft") && ALSO_IN_MICROSOFT.contains(node.operator());
        return standard ? Optional.ofNullable(STANDARD.get(node.operator())) : Optional.empty();
    }

    /** True for operators that qcc knows at least for constants. */
    static boolean knows(OnnxNode node) {
        return of(node).isPresent() || node.domain().isEmpty() && Folding.of(node.operator()).isPresent();
    }
}
