package qcc.importer.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import qcc.importer.onnx.format.Onnx.TensorProto;
import qcc.tensor.Shape;

/** Reads constant arrays. Elements are decoded when they are asked for, so that a large array costs no copy. */
final class TensorDecoder {
    /** Arrays in typed lists: small integers share one of 32 bits. */
    private static final Map<DataType, Function<TensorProto, TypedList>> TYPED = Map.of(
            DataType.FLOAT, t -> new TypedList(t.getFloatDataCount(), t::getFloatData),
            DataType.DOUBLE, t -> new TypedList(t.getDoubleDataCount(), t::getDoubleData),
            DataType.INT64, t -> new TypedList(t.getInt64DataCount(), t::getInt64Data),
            DataType.INT32, t -> new TypedList(t.getInt32DataCount(), t::getInt32Data),
            DataType.INT8, t -> new TypedList(t.getInt32DataCount(), i -> (byte) t.getInt32Data(i)),
            DataType.UINT8, t -> new TypedList(t.getInt32DataCount(), i -> t.getInt32Data(i) & 0xFF),
            DataType.BOOL, t -> new TypedList(t.getInt32DataCount(), t::getInt32Data),
            DataType.FLOAT16, t -> new TypedList(t.getInt32DataCount(), i -> bits(DataType.FLOAT16, t, i)),
            DataType.BFLOAT16, t -> new TypedList(t.getInt32DataCount(), i -> bits(DataType.BFLOAT16, t, i)));

    private final ExternalData external;

    TensorDecoder(ExternalData external) {
        this.external = external;
    }

    private record TypedList(int count, IntToDoubleFunction elements) {
    }

    KnownTensor decode(TensorProto tensor) {
        List<Integer> dims = dims(tensor);
        int size = KnownTensor.sizeOf(dims);
        DataType type = DataType.of(tensor.getDataType());
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return raw(dims, type, external.read(tensor));
        }
        if (!tensor.getRawData().isEmpty()) {
            ByteString data = tensor.getRawData();
            return raw(dims, type, data.asReadOnlyByteBuffer());
        }
        TypedList list = TYPED.get(type).apply(tensor);
        if (list.count() != size) {
            throw ImportException.invalid("tensor `" + tensor.getName() + "` holds " + list.count()
                    + " elements, its shape " + dims + " needs " + size);
        }
        return new KnownTensor(dims, type, list.elements(), Optional.empty());
    }

    private static KnownTensor raw(List<Integer> dims, DataType type, ByteBuffer data) {
        ByteBuffer bytes = data.order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() != (long) KnownTensor.sizeOf(dims) * type.bytes()) {
            throw ImportException.invalid("an array of " + bytes.limit() + " bytes does not fit the shape " + dims
                    + " of " + type + " elements");
        }
        return new KnownTensor(dims, type, i -> type.read(bytes, i * type.bytes()), Optional.empty());
    }

    private static List<Integer> dims(TensorProto tensor) {
        List<Integer> dims = new ArrayList<>();
        long size = 1;
        for (long dim : tensor.getDimsList()) {
            if (dim < 0 || dim > Shape.MAX_SIZE || (size *= dim) > Shape.MAX_SIZE) {
                throw ImportException.invalid("tensor `" + tensor.getName() + "` has the impossible or too large shape "
                        + tensor.getDimsList());
            }
            dims.add((int) dim);
        }
        return dims;
    }

    private static double bits(DataType type, TensorProto tensor, int index) {
        ByteBuffer two = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return type.read(two.putShort(0, (short) tensor.getInt32Data(index)), 0);
    }
}
