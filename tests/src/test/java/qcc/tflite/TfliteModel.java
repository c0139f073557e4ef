package qcc.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import qcc.importer.tflite.schema.Buffer;
import qcc.importer.tflite.schema.Model;
import qcc.importer.tflite.schema.Operator;
import qcc.importer.tflite.schema.OperatorCode;
import qcc.importer.tflite.schema.QuantizationParameters;
import qcc.importer.tflite.schema.SubGraph;
import qcc.importer.tflite.schema.Tensor;
import qcc.importer.tflite.schema.TensorType;

/** Writes small TFLite models. Tensors are known by their numbers, in the order in which they are added. */
final class TfliteModel {
    /** For operators whose options hold nothing. */
    static final ToIntFunction<FlatBufferBuilder> NO_OPTIONS = builder -> 0;

    private final FlatBufferBuilder builder = new FlatBufferBuilder();
    private final List<Integer> buffers = new ArrayList<>();
    private final List<Integer> tensors = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();
    private final List<Integer> operators = new ArrayList<>();

    TfliteModel() {
        buffers.add(Buffer.createBuffer(builder, 0, 0, 0));
    }

    /** An int8 activation. */
    int activation(float scale, int zero, int... dims) {
        return tensor(TensorType.INT8, 0, new float[] {scale}, zero, 0, dims);
    }

    /** A float activation. */
    int real(int... dims) {
        return tensor(TensorType.FLOAT32, 0, new float[0], 0, 0, dims);
    }

    /** Constant int8 weights with one scale, or one for each index along an axis. */
    int weights(byte[] values, float[] scales, int axis, int... dims) {
        return tensor(TensorType.INT8, buffer(values), scales, 0, axis, dims);
    }

    /** A constant list of integers: a bias, a shape, axes. */
    int integers(int... values) {
        return integersOf(values, values.length);
    }

    /** Constant integers with a shape; without extents, a scalar. */
    int integersOf(int[] values, int... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return tensor(TensorType.INT32, buffer(bytes.array()), new float[0], 0, 0, dims);
    }

    /** Constant real numbers. */
    int reals(float[] values, int... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor(TensorType.FLOAT32, buffer(bytes.array()), new float[0], 0, 0, dims);
    }

    /** A tensor with everything stated. */
    int tensor(byte type, int buffer, float[] scales, int zero, int axis, int... dims) {
        int quantization = 0;
        if (scales.length > 0) {
            int scale = QuantizationParameters.createScaleVector(builder, scales);
            long[] zeros = new long[scales.length];
            Arrays.fill(zeros, zero);
            int zeroPoint = QuantizationParameters.createZeroPointVector(builder, zeros);
            QuantizationParameters.startQuantizationParameters(builder);
            QuantizationParameters.addScale(builder, scale);
            QuantizationParameters.addZeroPoint(builder, zeroPoint);
            QuantizationParameters.addQuantizedDimension(builder, axis);
            quantization = QuantizationParameters.endQuantizationParameters(builder);
        }
        int shape = Tensor.createShapeVector(builder, dims);
        int name = builder.createString("t" + tensors.size());
        Tensor.startTensor(builder);
        Tensor.addShape(builder, shape);
        Tensor.addType(builder, type);
        Tensor.addBuffer(builder, buffer);
        Tensor.addName(builder, name);
        Tensor.addQuantization(builder, quantization);
        tensors.add(Tensor.endTensor(builder));
        return tensors.size() - 1;
    }

    /** The number of a new buffer. */
    int buffer(byte[] bytes) {
        int data = Buffer.createDataVector(builder, bytes);
        buffers.add(Buffer.createBuffer(builder, data, 0, 0));
        return buffers.size() - 1;
    }

    /** Adds an operator; {@code options} writes its table, of the given code in the union of all options. */
    void operator(int code, int[] inputs, int[] outputs, byte type, ToIntFunction<FlatBufferBuilder> options) {
        codes.add(OperatorCode.createOperatorCode(builder, (byte) Math.min(code, 127), 0, 1, code));
        int table = options.applyAsInt(builder);
        int in = Operator.createInputsVector(builder, inputs);
        int out = Operator.createOutputsVector(builder, outputs);
        operators.add(Operator.createOperator(builder, codes.size() - 1, in, out, type, table));
    }

    void operator(int code, int[] inputs, int... outputs) {
        operator(code, inputs, outputs, (byte) 0, NO_OPTIONS);
    }

    /** The bytes of the file. */
    byte[] build(int[] inputs, int[] outputs) {
        int tensorVector = SubGraph.createTensorsVector(builder, array(tensors));
        int operatorVector = SubGraph.createOperatorsVector(builder, array(operators));
        int in = SubGraph.createInputsVector(builder, inputs);
        int out = SubGraph.createOutputsVector(builder, outputs);
        int graph = SubGraph.createSubGraph(builder, tensorVector, in, out, operatorVector, 0);
        int graphs = Model.createSubgraphsVector(builder, new int[] {graph});
        int codeVector = Model.createOperatorCodesVector(builder, array(codes));
        int bufferVector = Model.createBuffersVector(builder, array(buffers));
        Model.finishModelBuffer(builder, Model.createModel(builder, 3, codeVector, graphs, 0, bufferVector));
        return builder.sizedByteArray();
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(i -> i).toArray();
    }
}
