package qcc.importer.onnx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import qcc.numpy.Float16;

/** The element types of tensors that are understood, by their codes in the format. Every value is read as a double. */
enum DataType {
    FLOAT(1, 4, ByteBuffer::getFloat),
    UINT8(2, 1, (data, at) -> Byte.toUnsignedInt(data.get(at))),
    INT8(3, 1, ByteBuffer::get),
    INT32(6, 4, ByteBuffer::getInt),
    INT64(7, 8, ByteBuffer::getLong),
    BOOL(9, 1, ByteBuffer::get),
    FLOAT16(10, 2, (data, at) -> Float16.toDouble(data.getShort(at))),
    DOUBLE(11, 8, ByteBuffer::getDouble),
    BFLOAT16(16, 2, (data, at) -> Float.intBitsToFloat(data.getShort(at) << Short.SIZE));

    /** Reads the element at a byte offset. */
    @FunctionalInterface
    private interface Reader {
        double read(ByteBuffer data, int at);
    }

    private final int code;
    private final int bytes;
    private final Reader reader;

    DataType(int code, int bytes, Reader reader) {
        this.code = code;
        this.bytes = bytes;
        this.reader = reader;
    }

    /** The element at a byte offset of little-endian data. */
    double read(ByteBuffer data, int at) {
        return reader.read(data, at);
    }

    /** The size of an element. */
    int bytes() {
        return bytes;
    }

    /** True for numbers with a fraction. */
    boolean isReal() {
        return this == FLOAT || this == FLOAT16 || this == DOUBLE || this == BFLOAT16;
    }

    /** True for the types of quantised activations. */
    boolean isByte() {
        return this == UINT8 || this == INT8;
    }

    /** What is subtracted from a value of a byte type to make it an int8. */
    int int8Offset() {
        return this == UINT8 ? 128 : 0;
    }

    static DataType of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst()
                .orElseThrow(() -> ImportException.unsupported("tensors with the element type number " + code
                        + " are not supported", "use float, int8 or uint8 tensors"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
