package qcc.importer.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import qcc.importer.onnx.format.Onnx.AttributeProto;
import qcc.importer.onnx.format.Onnx.AttributeProto.AttributeType;
import qcc.importer.onnx.format.Onnx.GraphProto;
import qcc.importer.onnx.format.Onnx.ModelProto;
import qcc.importer.onnx.format.Onnx.NodeProto;
import qcc.importer.onnx.format.Onnx.OperatorSetIdProto;
import qcc.importer.onnx.format.Onnx.TensorProto;
import qcc.importer.onnx.format.Onnx.TensorShapeProto;
import qcc.importer.onnx.format.Onnx.TypeProto;
import qcc.importer.onnx.format.Onnx.ValueInfoProto;

/** Builds small ONNX models. Nodes are added in order; the last one's result is the output. */
final class OnnxModel {
    static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
    static final int UINT8 = TensorProto.DataType.UINT8_VALUE;
    static final int INT8 = TensorProto.DataType.INT8_VALUE;
    static final int INT32 = TensorProto.DataType.INT32_VALUE;
    static final int INT64 = TensorProto.DataType.INT64_VALUE;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    private final int opset;
    private final Random random = new Random(1);
    private final Map<String, Integer> outputs = new LinkedHashMap<>();
    private String last = "x";

    OnnxModel(int opset) {
        this.opset = opset;
    }

    OnnxModel input(int... dims) {
        return input("x", FLOAT, dims);
    }

    OnnxModel input(String name, int type, int... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int dim : dims) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        return input(name, type, shape.build());
    }

    OnnxModel input(String name, int type, TensorShapeProto shape) {
        graph.addInput(ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape))));
        return this;
    }

    /** A constant with normally distributed elements. */
    OnnxModel weights(String name, int... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        for (int i = 0; i < size(dims); i++) {
            tensor.addFloatData((float) random.nextGaussian() / 2);
        }
        return add(tensor, dims);
    }

    /** A constant with elements from 0.5 to 2. */
    OnnxModel positive(String name, int... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        for (int i = 0; i < size(dims); i++) {
            tensor.addFloatData(0.5f + 1.5f * random.nextFloat());
        }
        return add(tensor, dims);
    }

    OnnxModel floats(String name, List<Integer> dims, double... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        for (double value : values) {
            tensor.addFloatData((float) value);
        }
        return add(tensor, dims.stream().mapToInt(d -> d).toArray());
    }

    OnnxModel longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(INT64);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return add(tensor, values.length);
    }

    /** Bytes or 32-bit integers, in the list for small types. */
    OnnxModel integers(String name, int type, List<Integer> dims, int... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        for (int value : values) {
            tensor.addInt32Data(value);
        }
        return add(tensor, dims.stream().mapToInt(d -> d).toArray());
    }

    /** Random integers from low to high. */
    OnnxModel randomIntegers(String name, int type, int low, int high, int... dims) {
        List<Integer> list = new ArrayList<>();
        for (int dim : dims) {
            list.add(dim);
        }
        return integers(name, type, list, random.ints(size(dims), low, high + 1).toArray());
    }

    /** The constants NAME_s and NAME_z. */
    OnnxModel quantization(String name, int type, double scale, int zero) {
        return floats(name + "_s", List.of(), scale).integers(name + "_z", type, List.of(), zero);
    }

    private static int size(int... dims) {
        int size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        return size;
    }

    private OnnxModel add(TensorProto.Builder tensor, int... dims) {
        for (int dim : dims) {
            tensor.addDims(dim);
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** A node on the last result and further operands, whose result is called like the operator. */
    OnnxModel then(String operator, Map<String, Object> attributes, String... further) {
        List<String> operands = new ArrayList<>(List.of(last));
        operands.addAll(List.of(further));
        return node(operator, operator + graph.getNodeCount(), attributes, operands.toArray(String[]::new));
    }

    OnnxModel then(String operator, String... further) {
        return then(operator, Map.of(), further);
    }

    OnnxModel node(String operator, String output, Map<String, Object> attributes, String... operands) {
        return node("", operator, output, attributes, operands);
    }

    OnnxModel node(String domain, String operator, String output, Map<String, Object> attributes,
            String... operands) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName("/" + output + "/" + operator)
                .setDomain(domain).addAllInput(List.of(operands)).addOutput(output);
        attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
        graph.addNode(node);
        last = output;
        return this;
    }

    /** A Split of a value into two. */
    OnnxModel split(String from, int axis, String first, String second, String sizes) {
        graph.addNode(NodeProto.newBuilder().setOpType("Split").addInput(from).addInput(sizes).addOutput(first)
                .addOutput(second).addAttribute(attribute("axis", axis)));
        return this;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Integer number) {
            return attribute.setType(AttributeType.INT).setI(number).build();
        }
        if (value instanceof Double number) {
            return attribute.setType(AttributeType.FLOAT).setF(number.floatValue()).build();
        }
        if (value instanceof String text) {
            return attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text)).build();
        }
        if (value instanceof TensorProto tensor) {
            return attribute.setType(AttributeType.TENSOR).setT(tensor).build();
        }
        List<?> list = (List<?>) value;
        if (list.get(0) instanceof Double) {
            list.forEach(number -> attribute.addFloats(((Double) number).floatValue()));
            return attribute.setType(AttributeType.FLOATS).build();
        }
        list.forEach(number -> attribute.addInts((Integer) number));
        return attribute.setType(AttributeType.INTS).build();
    }

    /** Declares an output; without any, the last node's result is one, of floats. */
    OnnxModel output(String name, int type) {
        outputs.put(name, type);
        return this;
    }

    ModelProto build() {
        GraphProto.Builder complete = graph.clone();
        (outputs.isEmpty() ? Map.of(last, FLOAT) : outputs).forEach((name, type) -> complete.addOutput(
                ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                        TypeProto.Tensor.newBuilder().setElemType(type)))));
        return ModelProto.newBuilder().setIrVersion(8).setGraph(complete)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1)).build();
    }

    byte[] bytes() {
        return build().toByteArray();
    }
}
