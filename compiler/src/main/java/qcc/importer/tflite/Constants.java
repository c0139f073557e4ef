package qcc.importer.tflite;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.importer.tflite.schema.TensorType;
import qcc.numpy.Float16;

/** Reads the constants of a model. All of them together are bounded, for many tensors may share the same bytes. */
final class Constants {
    private static final long MAX_ELEMENTS = 32L << 20;

    private long budget = MAX_ELEMENTS;
    private final Map<Integer, float[]> computed = new HashMap<>();

    /** The integers of a constant of an integer type, as they are stored. */
    int[] integers(TensorInfo tensor) {
        ByteBuffer data = data(tensor);
        int[] values = new int[Math.toIntExact(tensor.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.type()) {
                case TensorType.INT8 -> data.get(i);
                case TensorType.INT32 -> data.getInt(4 * i);
                case TensorType.INT64 -> narrow(tensor, data.getLong(8 * i));
                default -> throw new Unsupported("constant " + tensor + " is not of an integer type that is supported",
                        "int8 weights and int32 biases are");
            };
        }
        return values;
    }

    /** A short list of integers: a shape, axes, or paddings. */
    List<Integer> list(TensorInfo tensor) {
        if (tensor.size() > 64) {
            throw new MalformedModel("tensor " + tensor + " is no list of axes or extents");
        }
        return Arrays.stream(integers(tensor)).boxed().toList();
    }

    /** The real values of a constant: floats, or integers with scales. */
    float[] reals(TensorInfo tensor) {
        float[] known = computed.get(tensor.index());
        if (known != null) {
            return known;
        }
        if (tensor.is(TensorType.INT8) || tensor.is(TensorType.INT32)) {
            return dequantized(tensor);
        }
        ByteBuffer data = data(tensor);
        float[] values = new float[Math.toIntExact(tensor.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.type()) {
                case TensorType.FLOAT32 -> data.getFloat(4 * i);
                case TensorType.FLOAT16 -> (float) Float16.toDouble(data.getShort(2 * i));
                default -> throw new Unsupported("constant " + tensor + " has no real values",
                        "float32, float16 and int8 constants have");
            };
            if (!Float.isFinite(values[i])) {
                throw new MalformedModel("constant " + tensor + " holds a value that is not finite");
            }
        }
        return values;
    }

    /** States the values of a tensor that an operator computes from constants alone. */
    void define(TensorInfo tensor, float[] values) {
        computed.put(tensor.index(), values);
    }

    boolean isKnown(TensorInfo tensor) {
        return tensor.isConstant() || computed.containsKey(tensor.index());
    }

    private float[] dequantized(TensorInfo tensor) {
        int[] integers = integers(tensor);
        int count = tensor.scales().size();
        if (count == 0) {
            throw new Unsupported("constant " + tensor + " has no scale", "integers need one to have real values");
        }
        int axis = count == 1 ? 0 : Tensors.axis(tensor, tensor.axis());
        if (count != 1 && (tensor.dims().isEmpty() || tensor.dims().get(axis) != count)) {
            throw new MalformedModel("constant " + tensor + " has " + count + " scales along axis " + axis);
        }
        int inner = tensor.dims().subList(Math.min(axis + 1, tensor.dims().size()), tensor.dims().size()).stream()
                .reduce(1, (a, b) -> a * b);
        float[] values = new float[integers.length];
        for (int i = 0; i < values.length; i++) {
            int c = count == 1 ? 0 : i / inner % count;
            values[i] = tensor.scales().get(c) * (integers[i] - tensor.zeroPoints().get(c));
        }
        return values;
    }

    private ByteBuffer data(TensorInfo tensor) {
        budget -= tensor.size();
        if (budget < 0) {
            throw new MalformedModel("its constants have more than " + MAX_ELEMENTS + " elements");
        }
        return tensor.data().orElseThrow(() -> new Unsupported("tensor " + tensor + " is computed at run time",
                "it must be a constant"));
    }

    private static int narrow(TensorInfo tensor, long value) {
        if (value != (int) value) {
            throw new Unsupported("constant " + tensor + " holds " + value, "only 32 bits are supported");
        }
        return (int) value;
    }
}
