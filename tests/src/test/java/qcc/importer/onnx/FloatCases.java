package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import qcc.importer.onnx.format.Onnx.TensorProto;

/** Small real-valued models: each operator, odd shapes, paddings, asymmetric strides, groups. */
final class FloatCases {

    private FloatCases() {
    }

    /**
     * @param input  the axes of the input in the order in which qcc stores it, without the batch
     * @param output the same for the output
     */
    record Case(String name, OnnxModel model, List<Integer> input, List<Integer> output) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Integer> HWC = List.of(2, 3, 1);
    private static final List<Integer> VECTOR = List.of(1);

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        convolutions(cases);
        products(cases);
        functions(cases);
        binary(cases);
        pools(cases);
        movement(cases);
        slices(cases);
        exporters(cases);
        return cases;
    }

    private static OnnxModel image(int opset) {
        return new OnnxModel(opset).input(1, 3, 7, 9);
    }

    private static void image(List<Case> cases, String name, OnnxModel model) {
        cases.add(new Case(name, model, HWC, HWC));
    }

    private static void conv(List<Case> cases, String name, Map<String, Object> attributes, int... weights) {
        image(cases, "conv " + name, new OnnxModel(13).input(1, 4, 9, 8).weights("w", weights)
                .weights("b", weights[0]).then("Conv", attributes, "w", "b"));
    }

    private static void convolutions(List<Case> cases) {
        conv(cases, "plain", Map.of(), 5, 4, 3, 3);
        conv(cases, "pads", Map.of("pads", List.of(2, 0, 1, 3)), 3, 4, 3, 2);
        conv(cases, "strides", Map.of("strides", List.of(2, 3), "pads", List.of(1, 1, 1, 1)), 3, 4, 3, 3);
        conv(cases, "dilations", Map.of("dilations", List.of(3, 2)), 2, 4, 3, 3);
        conv(cases, "same upper", Map.of("auto_pad", "SAME_UPPER", "strides", List.of(2, 3)), 2, 4, 4, 3);
        conv(cases, "same lower", Map.of("auto_pad", "SAME_LOWER", "strides", List.of(2, 2)), 2, 4, 4, 3);
        conv(cases, "valid", Map.of("auto_pad", "VALID", "kernel_shape", List.of(1, 1)), 6, 4, 1, 1);
        conv(cases, "groups", Map.of("group", 2, "pads", List.of(1, 0, 0, 1)), 6, 2, 2, 3);
        conv(cases, "depthwise", Map.of("group", 4, "pads", List.of(1, 1, 1, 1)), 4, 1, 3, 3);
        conv(cases, "depthwise multiplier", Map.of("group", 4, "strides", List.of(2, 1)), 12, 1, 3, 2);
        image(cases, "conv without bias, relu", image(11).weights("w", 4, 3, 2, 2).then("Conv", "w").then("Relu"));
        image(cases, "conv, batch norm, relu6", image(13).weights("w", 4, 3, 3, 3).then("Conv", "w")
                .positive("g", 4).weights("b", 4).weights("m", 4).positive("v", 4)
                .then("BatchNormalization", Map.of("epsilon", 1e-3), "g", "b", "m", "v")
                .floats("zero", List.of(), 0).floats("six", List.of(), 6).then("Clip", "zero", "six"));
        cases.add(new Case("conv of a sequence", new OnnxModel(13).input(1, 3, 11).weights("w", 5, 3, 4)
                .weights("b", 5).then("Conv", Map.of("strides", List.of(2), "pads", List.of(1, 2)), "w", "b"),
                List.of(2, 1), List.of(1, 2)));
        image(cases, "conv of a single channel", new OnnxModel(9).input(1, 1, 6, 5).weights("w", 3, 1, 3, 3)
                .then("Conv", "w"));
    }

    private static void products(List<Case> cases) {
        cases.add(new Case("gemm", new OnnxModel(13).input(1, 10).weights("b", 10, 4).weights("c", 4)
                .then("Gemm", Map.of("alpha", 0.5, "beta", 2.0), "b", "c"), VECTOR, VECTOR));
        cases.add(new Case("gemm transB", new OnnxModel(9).input(1, 10).weights("b", 4, 10).weights("c", 1, 4)
                .then("Gemm", Map.of("transB", 1), "b", "c"), VECTOR, VECTOR));
        cases.add(new Case("gemm transA", new OnnxModel(13).input(1, 10).longs("s", 10, 1).then("Reshape", "s")
                .weights("b", 10, 4).then("Gemm", Map.of("transA", 1), "b"), VECTOR, VECTOR));
        cases.add(new Case("flatten, gemm", image(13).then("Flatten").weights("b", 189, 5)
                .then("Gemm", "b"), HWC, VECTOR));
        cases.add(new Case("matmul, add", new OnnxModel(13).input(1, 6).weights("b", 6, 4).weights("c", 4)
                .then("MatMul", "b").then("Add", "c"), VECTOR, VECTOR));
        cases.add(new Case("matmul of rows", new OnnxModel(13).input(1, 5, 6).weights("b", 6, 4).weights("c", 4)
                .then("MatMul", "b").then("Add", "c").then("Relu"), List.of(1, 2), List.of(1, 2)));
    }

    private static void functions(List<Case> cases) {
        image(cases, "relu", image(13).then("Relu"));
        image(cases, "leaky relu", image(13).then("LeakyRelu", Map.of("alpha", 0.2)));
        image(cases, "sigmoid", image(13).then("Sigmoid"));
        image(cases, "tanh", image(13).then("Tanh"));
        image(cases, "clip by attributes", image(7).then("Clip", Map.of("min", -0.5, "max", 0.75)));
        image(cases, "clip above", image(12).floats("max", List.of(), 0.5).then("Clip", "", "max"));
        image(cases, "clip below", image(12).floats("min", List.of(), 0).then("Clip", "min"));
        image(cases, "hard sigmoid", image(13).then("HardSigmoid", Map.of("alpha", 0.25, "beta", 0.4)));
        image(cases, "hard swish", image(14).then("HardSwish"));
        image(cases, "dropout, identity", image(13).then("Dropout").then("Identity").then("Relu"));
        image(cases, "batch norm", image(9).positive("g", 3).weights("b", 3).weights("m", 3).positive("v", 3)
                .then("BatchNormalization", "g", "b", "m", "v"));
        cases.add(new Case("softmax", new OnnxModel(13).input(1, 10).then("Softmax"), VECTOR, VECTOR));
        image(cases, "softmax of channels", image(13).then("Softmax", Map.of("axis", 1)));
        cases.add(new Case("softmax of an inner axis", image(13).then("Softmax", Map.of("axis", 2)), HWC,
                List.of(1, 2, 3)));
        cases.add(new Case("softmax before version 13", image(11).then("Softmax", Map.of("axis", 2)), HWC,
                List.of(1, 2, 3)));
    }

    private static void binary(List<Case> cases) {
        image(cases, "add of a constant image", image(13).weights("c", 1, 3, 7, 9).then("Add", "c"));
        image(cases, "mul by a constant without batch", image(13).weights("c", 3, 7, 9).then("Mul", "c"));
        image(cases, "constant image less the input", image(13).weights("c", 1, 3, 7, 9)
                .node("Sub", "y", Map.of(), "c", "x"));
        image(cases, "sub of a constant for each place", image(13).weights("c", 1, 1, 7, 9).then("Sub", "c"));
        image(cases, "concat with constant channels", image(13).weights("c", 1, 2, 7, 9)
                .node("Concat", "y", Map.of("axis", 1), "x", "c"));
        image(cases, "add of two layers", image(13).then("Relu").node("Tanh", "t", Map.of(), "x")
                .node("Add", "y", Map.of(), "t", "Relu0"));
        image(cases, "sub of two layers", image(13).then("Relu").node("Tanh", "t", Map.of(), "x")
                .node("Sub", "y", Map.of(), "t", "Relu0"));
        image(cases, "mul by a channel gate", image(13).then("GlobalAveragePool").then("Sigmoid")
                .node("Mul", "y", Map.of(), "x", "Sigmoid1"));
        image(cases, "gate minus image", image(13).then("GlobalAveragePool").node("Sub", "y", Map.of(),
                "GlobalAveragePool0", "x"));
        cases.add(new Case("mul by a row mask", image(13).then("ReduceMean", Map.of("axes", List.of(1, 3)))
                .node("Mul", "y", Map.of(), "ReduceMean0", "x"), HWC, List.of(1, 2, 3)));
        image(cases, "normalisation of the input", image(13).weights("m", 3, 1, 1).positive("d", 1, 3, 1, 1)
                .then("Sub", "m").then("Div", "d"));
        image(cases, "constant minus image, times a number", image(13).floats("c", List.of(), 1.5)
                .floats("f", List.of(1), -0.25).node("Sub", "s", Map.of(), "c", "x").then("Mul", "f"));
    }

    private static void pools(List<Case> cases) {
        image(cases, "max pool", image(12).then("MaxPool", Map.of("kernel_shape", List.of(2, 3),
                "strides", List.of(2, 1), "pads", List.of(1, 0, 0, 2))));
        image(cases, "max pool, ceil mode", image(12).then("MaxPool", Map.of("kernel_shape", List.of(2, 2),
                "strides", List.of(2, 2), "ceil_mode", 1)));
        image(cases, "max pool, same", image(12).then("MaxPool", Map.of("kernel_shape", List.of(3, 2),
                "strides", List.of(2, 2), "auto_pad", "SAME_UPPER")));
        image(cases, "average pool", image(11).then("AveragePool", Map.of("kernel_shape", List.of(3, 3),
                "strides", List.of(1, 2), "pads", List.of(1, 1, 1, 1))));
        image(cases, "average pool, count_include_pad", image(11).then("AveragePool", Map.of("kernel_shape",
                List.of(3, 2), "pads", List.of(1, 0, 2, 1), "count_include_pad", 1)));
        image(cases, "average pool, ceil mode", image(19).then("AveragePool", Map.of("kernel_shape", List.of(2, 4),
                "strides", List.of(2, 3), "ceil_mode", 1)));
        image(cases, "global average pool", image(13).then("GlobalAveragePool"));
        image(cases, "global max pool", image(13).then("GlobalMaxPool"));
        cases.add(new Case("reduce mean, version 18", image(18).longs("axes", -1, 2)
                .then("ReduceMean", Map.of("keepdims", 0), "axes"), HWC, VECTOR));
        image(cases, "reduce mean of rows", image(13).then("ReduceMean", Map.of("axes", List.of(2))));
    }

    private static void movement(List<Case> cases) {
        cases.add(new Case("transpose to channel last", image(13).then("Relu")
                .then("Transpose", Map.of("perm", List.of(0, 2, 3, 1))), List.of(1, 2, 3), List.of(1, 2, 3)));
        cases.add(new Case("channel last with transposes", new OnnxModel(13).input(1, 7, 9, 3)
                .then("Transpose", Map.of("perm", List.of(0, 3, 1, 2))).weights("w", 4, 3, 3, 3).then("Conv", "w")
                .then("Transpose", Map.of("perm", List.of(0, 2, 3, 1))).then("Relu"), List.of(1, 2, 3),
                List.of(1, 2, 3)));
        cases.add(new Case("reshape of an image", image(13).then("Relu").longs("s", 0, -1, 3).then("Reshape", "s"),
                HWC, List.of(1, 2)));
        cases.add(new Case("squeeze, unsqueeze", image(13).then("GlobalAveragePool").longs("a", 2, 3)
                .then("Squeeze", "a").longs("u", 1).then("Unsqueeze", "u"), HWC, List.of(1, 2)));
        cases.add(new Case("squeeze by attribute", image(11).then("GlobalAveragePool")
                .then("Squeeze", Map.of("axes", List.of(3, 2))), HWC, VECTOR));
        image(cases, "concat of channels", image(13).then("Relu").node("Tanh", "t", Map.of(), "x")
                .node("Concat", "y", Map.of("axis", 1), "t", "Relu0", "x"));
        image(cases, "concat of rows", image(13).then("Relu").node("Concat", "y", Map.of("axis", -2), "x", "Relu0"));
        cases.add(new Case("concat of vectors", new OnnxModel(13).input(1, 5).then("Relu")
                .node("Concat", "y", Map.of("axis", 1), "x", "Relu0"), VECTOR, VECTOR));
        image(cases, "pad", image(13).longs("p", 0, 0, 1, 2, 0, 0, 0, 3).then("Pad", "p"));
        image(cases, "pad by attribute", image(9).then("Pad", Map.of("pads", List.of(0, 0, 2, 0, 0, 0, 1, 1))));
        image(cases, "pad of some axes", image(18).longs("p", 1, 2, 3, 0).longs("a", 3, -2)
                .then("Pad", "p", "", "a"));
        image(cases, "resize by scales", image(13).floats("s", List.of(4), 1, 1, 2, 3).then("Resize",
                Map.of("mode", "nearest", "coordinate_transformation_mode", "asymmetric", "nearest_mode", "floor"),
                "", "s"));
        image(cases, "resize by sizes, half pixel", image(13).longs("s", 1, 3, 21, 18).then("Resize",
                Map.of("mode", "nearest"), "", "", "s"));
        image(cases, "upsample", image(9).floats("s", List.of(4), 1, 1, 2, 2).then("Upsample", "s"));
        image(cases, "resize of version 10", image(10).floats("s", List.of(4), 1, 1, 2, 2).then("Resize", "s"));
    }

    private static void slices(List<Case> cases) {
        image(cases, "slice", image(13).longs("s", 1, -6).longs("e", Long.MAX_VALUE, -1).longs("a", 1, 3)
                .longs("t", 1, 2).then("Slice", "s", "e", "a", "t"));
        image(cases, "slice by attributes", image(9).then("Slice", Map.of("starts", List.of(0, 2),
                "ends", List.of(2, 5), "axes", List.of(1, 2))));
        image(cases, "split and exchange", image(13).longs("sizes", 1, 2).split("x", 1, "p", "q", "sizes")
                .node("Concat", "y", Map.of("axis", 1), "q", "p"));
        cases.add(new Case("shape arithmetic by slices", image(13).then("Relu").node("Shape", "s", Map.of(), "Relu0")
                .longs("one", 1).longs("two", 2).longs("four", 4).node("Slice", "c", Map.of(), "s", "one", "two")
                .node("Slice", "hw", Map.of(), "s", "two", "four").node("Cast", "f", Map.of("to", 1), "c")
                .node("Cast", "i", Map.of("to", 7), "f").longs("minus", -1)
                .node("Concat", "t", Map.of("axis", 0), "one", "minus", "i")
                .node("Reshape", "y", Map.of(), "Relu0", "t"), HWC, List.of(1, 2)));
    }

    /** What exporters write around the operators. */
    private static void exporters(List<Case> cases) {
        cases.add(new Case("shape arithmetic around a flatten", image(13).weights("w", 4, 3, 3, 3).then("Conv", "w")
                .then("MaxPool", Map.of("kernel_shape", List.of(2, 2), "strides", List.of(2, 2)))
                .node("Shape", "s", Map.of(), "MaxPool1")
                .longs("zero", 0).node("Gather", "n", Map.of("axis", 0), "s", "zero").longs("rest", -1)
                .node("Concat", "t", Map.of("axis", 0), "n", "rest")
                .node("Reshape", "flat", Map.of(), "MaxPool1", "t").weights("b", 5, 24)
                .then("Gemm", Map.of("transB", 1), "b"), HWC, VECTOR));
        image(cases, "hard swish in parts", image(13).floats("three", List.of(), 3).floats("zero", List.of(), 0)
                .floats("six", List.of(), 6).then("Add", "three").then("Clip", "zero", "six")
                .node("Mul", "m", Map.of(), "x", "Clip1").then("Div", "six"));
        cases.add(new Case("image, vector, image", image(13).weights("w", 4, 3, 3, 3).then("Conv", "w")
                .then("Flatten").then("Relu").longs("s", 1, 4, 5, 7).then("Reshape", "s").weights("v", 2, 4, 1, 1)
                .then("Conv", "v").then("Flatten"), HWC, VECTOR));
        image(cases, "constants as nodes", image(13).node("Constant", "c", Map.of("value_float", 1.25))
                .node("Constant", "d", Map.of("value", TensorProto.newBuilder().setDataType(OnnxModel.FLOAT).addDims(3)
                        .addDims(1).addDims(1).addFloatData(1).addFloatData(-2).addFloatData(0.5f).build()))
                .node("Mul", "m", Map.of(), "x", "c").node("Add", "y", Map.of(), "d", "m"));
        cases.add(new Case("transposed weights", new OnnxModel(13).input(1, 6).weights("b", 4, 6)
                .node("Transpose", "t", Map.of("perm", List.of(1, 0)), "b").node("MatMul", "y", Map.of(), "x", "t"),
                VECTOR, VECTOR));
    }
}
