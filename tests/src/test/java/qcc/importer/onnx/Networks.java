package qcc.importer.onnx;

import java.util.List;
import java.util.Map;

/** Whole networks of several layers. */
final class Networks {

    private Networks() {
    }

    /** As PyTorch exports a small mobile network: convolutions with batch norm, residual, pooling, classifier. */
    static OnnxModel mobile() {
        OnnxModel model = new OnnxModel(17).input(1, 3, 16, 12);
        block(model, "x", "stem", Map.of("strides", List.of(2, 2), "pads", List.of(1, 1, 1, 1)), 8, 3, 3, 3);
        model.floats("zero", List.of(), 0).floats("six", List.of(), 6).then("Clip", "zero", "six");
        String trunk = "Clip2";
        block(model, trunk, "dw", Map.of("group", 8, "pads", List.of(1, 1, 1, 1)), 8, 1, 3, 3);
        model.then("Relu");
        block(model, "Relu5", "pw", Map.of(), 8, 8, 1, 1);
        return model.node("Add", "sum", Map.of(), "pw_bn", trunk)
                .then("MaxPool", Map.of("kernel_shape", List.of(2, 2), "strides", List.of(2, 2), "ceil_mode", 1))
                .then("Flatten").weights("fc", 5, 96).weights("fc_b", 5).then("Gemm", Map.of("transB", 1), "fc", "fc_b")
                .then("Softmax", Map.of("axis", 1));
    }

    private static void block(OnnxModel model, String from, String name, Map<String, Object> attributes,
            int... weights) {
        int filters = weights[0];
        model.weights(name, weights).node("Conv", name + "_y", attributes, from, name)
                .positive(name + "_g", filters).weights(name + "_b", filters).weights(name + "_m", filters)
                .positive(name + "_v", filters).node("BatchNormalization", name + "_bn", Map.of(), name + "_y",
                        name + "_g", name + "_b", name + "_m", name + "_v");
    }

    /** A quantised residual network in QDQ form with float input and output, as ONNX Runtime's quantiser writes it. */
    static OnnxModel residual() {
        OnnxModel model = new OnnxModel(13).input(1, 2, 9, 8);
        quantized(model, "x", 0.031, 3);
        conv(model, "x_dq", "c1", 0.13, Map.of("pads", List.of(1, 1, 1, 1)), 6, 2, 3, 3);
        conv(model, "c1_dq", "c2", 0.2, Map.of("group", 6, "pads", List.of(0, 1, 2, 1)), 6, 1, 3, 3);
        model.node("Add", "sum", Map.of(), "c2_dq", "c1_dq");
        quantized(model, "sum", 0.23, -7);
        model.node("MaxPool", "pool", Map.of("kernel_shape", List.of(2, 2), "strides", List.of(2, 2)), "sum_dq");
        quantized(model, "pool", 0.23, -7);
        model.node("Flatten", "flat", Map.of(), "pool_dq");
        return model.randomIntegers("fc", OnnxModel.INT8, -127, 127, 4, 96).quantization("fc", OnnxModel.INT8, 0.008, 0)
                .node("DequantizeLinear", "fc_dq", Map.of(), "fc", "fc_s", "fc_z")
                .node("Gemm", "logits", Map.of("transB", 1), "flat", "fc_dq").quantization("y", OnnxModel.INT8, 0.5, 0)
                .then("QuantizeLinear", "y_s", "y_z").then("DequantizeLinear", "y_s", "y_z");
    }

    private static void conv(OnnxModel model, String from, String name, double scale, Map<String, Object> attributes,
            int... weights) {
        model.randomIntegers(name, OnnxModel.INT8, -127, 127, weights)
                .quantization(name + "_w", OnnxModel.INT8, 0.009, 0)
                .node("DequantizeLinear", name + "_wdq", Map.of(), name, name + "_w_s", name + "_w_z")
                .node("Conv", name + "_r", attributes, from, name + "_wdq").node("Relu", name + "_relu", Map.of(),
                        name + "_r");
        quantized(model, name + "_relu", name, scale, -128);
    }

    private static void quantized(OnnxModel model, String name, double scale, int zero) {
        quantized(model, name, name, scale, zero);
    }

    private static void quantized(OnnxModel model, String value, String name, double scale, int zero) {
        model.quantization(name + "_a", OnnxModel.INT8, scale, zero)
                .node("QuantizeLinear", name + "_q", Map.of(), value, name + "_a_s", name + "_a_z")
                .node("DequantizeLinear", name + "_dq", Map.of(), name + "_q", name + "_a_s", name + "_a_z");
    }
}
