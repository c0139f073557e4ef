package qcc.importer.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** ONNX Runtime, with its optimisations off, so that every node is computed as the format defines it. */
final class Oracle {

    private Oracle() {
    }

    /** A tensor in row-major order; bytes are numbers of their type. */
    record Tensor(List<Integer> dims, List<Double> values) {
    }

    /** The outputs for inputs whose element type the model states. */
    static List<Tensor> run(byte[] model, Map<String, Tensor> inputs, Map<String, Integer> types) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(model, options)) {
                Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
                for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                    tensors.put(input.getKey(), tensor(environment, input.getValue(), types.get(input.getKey())));
                }
                List<Tensor> outputs = new ArrayList<>();
                try (OrtSession.Result result = session.run(tensors)) {
                    result.forEach(entry -> outputs.add(read((OnnxTensor) entry.getValue())));
                }
                tensors.values().forEach(OnnxTensor::close);
                return outputs;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Tensor tensor, int type) throws OrtException {
        long[] shape = tensor.dims().stream().mapToLong(d -> d).toArray();
        if (type == OnnxModel.FLOAT) {
            FloatBuffer floats = FloatBuffer.allocate(tensor.values().size());
            tensor.values().forEach(value -> floats.put(value.floatValue()));
            return OnnxTensor.createTensor(environment, floats.flip(), shape);
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(tensor.values().size());
        tensor.values().forEach(value -> bytes.put((byte) value.intValue()));
        return OnnxTensor.createTensor(environment, bytes.flip(), shape,
                type == OnnxModel.UINT8 ? OnnxJavaType.UINT8 : OnnxJavaType.INT8);
    }

    private static Tensor read(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        List<Integer> dims = LongStream.of(info.getShape()).mapToObj(d -> (int) d).toList();
        List<Double> values = new ArrayList<>();
        if (info.type == OnnxJavaType.FLOAT) {
            FloatBuffer floats = tensor.getFloatBuffer();
            while (floats.hasRemaining()) {
                values.add((double) floats.get());
            }
        } else {
            ByteBuffer bytes = tensor.getByteBuffer();
            while (bytes.hasRemaining()) {
                byte value = bytes.get();
                values.add((double) (info.type == OnnxJavaType.UINT8 ? Byte.toUnsignedInt(value) : value));
            }
        }
        return new Tensor(dims, values);
    }
}
