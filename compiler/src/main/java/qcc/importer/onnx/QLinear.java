package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Operators on quantised tensors (QOperator form): each means that its inputs are dequantised, an operator on real
 * numbers is applied, and its result is quantised. This is how they are imported.
 *
 * @param operator the operator on real numbers
 * @param inputs   the position of each quantised input; its scale and zero point follow it
 * @param bias     position of an int32 bias in units of the product of both inputs' scales, if there is one
 * @param output   position of the scale of the result; its zero point follows
 * @param axis     of the scales of weights with one for each channel, by the node's attributes
 */
record QLinear(String operator, List<Integer> inputs, Optional<Integer> bias, int output,
        ToIntFunction<Attributes> axis) {
    /** The operators that {@link #expand} needs; the second takes the scales of both factors. */
    static final String DEQUANTIZE = "DequantizeLinear";
    static final String DEQUANTIZE_BIAS = "qcc.DequantizeBias";
    private static final String CONCAT = "com.microsoft.QLinearConcat";
    /** No name in a file holds this character. */
    private static final String REAL = "\u0000";

    private static final QLinear CONV = new QLinear("Conv", List.of(0, 3), Optional.of(8), 6, attributes -> 0);
    private static final QLinear MATMUL = new QLinear("MatMul", List.of(0, 3), Optional.empty(), 6, attributes -> 1);

    private static final Map<String, QLinear> BY_OPERATOR = Map.ofEntries(
            Map.entry("QLinearConv", CONV), Map.entry("com.microsoft.QLinearConv", CONV),
            Map.entry("QLinearMatMul", MATMUL), Map.entry("com.microsoft.QLinearMatMul", MATMUL),
            Map.entry("com.microsoft.QGemm", new QLinear("Gemm", List.of(0, 3), Optional.of(6), 7,
                    attributes -> attributes.integer("transB", 0) != 0 ? 0 : 1)),
            Map.entry("com.microsoft.QLinearAdd", plain("Add", List.of(0, 3), 6)),
            Map.entry("com.microsoft.QLinearMul", plain("Mul", List.of(0, 3), 6)),
            unary("LeakyRelu"), unary("Sigmoid"), unary("GlobalAveragePool"), unary("AveragePool"), unary("Softmax"));

    private static Map.Entry<String, QLinear> unary(String operator) {
        return Map.entry("com.microsoft.QLinear" + operator, plain(operator, List.of(0), 3));
    }

    /** Without weights. */
    private static QLinear plain(String operator, List<Integer> inputs, int output) {
        return new QLinear(operator, inputs, Optional.empty(), output, attributes -> 0);
    }

    static Optional<QLinear> of(OnnxNode node) {
        String name = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
        return name.equals(CONCAT) ? Optional.of(concat(node.inputs().size()))
                : Optional.ofNullable(BY_OPERATOR.get(name));
    }

    /** The only operator whose result's scale comes first, followed by any number of inputs. */
    private static QLinear concat(int inputs) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 2; i < inputs; i += 3) {
            positions.add(i);
        }
        return plain("Concat", positions, 0);
    }

    /** The nodes that mean the same: dequantisation of each input, the operator, quantisation of the result. */
    List<OnnxNode> expand(OnnxNode node) {
        List<OnnxNode> nodes = new ArrayList<>();
        List<String> operands = new ArrayList<>();
        for (int position : inputs) {
            nodes.add(dequantized(node, operands, List.of(name(node, position), name(node, position + 1),
                    name(node, position + 2)), DEQUANTIZE));
        }
        if (bias.isPresent() && !name(node, bias.get()).isEmpty()) {
            nodes.add(dequantized(node, operands, List.of(name(node, bias.get()), name(node, inputs.get(0) + 1),
                    name(node, inputs.get(1) + 1)), DEQUANTIZE_BIAS));
        }
        String real = node.outputs().get(0) + REAL;
        nodes.add(node.part(operator, operands, List.of(real)));
        nodes.add(node.part("QuantizeLinear", List.of(real, name(node, output), name(node, output + 1)),
                node.outputs()));
        return nodes;
    }

    private OnnxNode dequantized(OnnxNode node, List<String> operands, List<String> from, String operator) {
        operands.add(node.outputs().get(0) + REAL + operands.size());
        return node.part(operator, from, List.of(operands.get(operands.size() - 1)))
                .withAttributes(Attributes.ofInteger("axis", axis.applyAsInt(node.attributes())));
    }

    private static String name(OnnxNode node, int position) {
        return position < node.inputs().size() ? node.inputs().get(position) : "";
    }
}
