package qcc.importer.onnx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import qcc.numpy.Float16;

/** The element types of tensors that are understood, by their codes in the format. Every value is read as a double. */
enum DataType {
    FLOAT(1, 4) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getFloat(at);
        }
    },
    UINT8(2, 1) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return Byte.toUnsignedInt(bytes.get(at));
        }
    },
    INT8(3, 1) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.get(at);
        }
    },
    INT32(6, 4) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getInt(at);
        }
    },
    INT64(7, 8) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getLong(at);
        }
    },
    BOOL(9, 1) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.get(at);
        }
    },
    FLOAT16(10, 2) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return Float16.toDouble(bytes.getShort(at));
        }
    },
    DOUBLE(11, 8) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getDouble(at);
        }
    },
    BFLOAT16(16, 2) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return Float.intBitsToFloat(bytes.getShort(at) << Short.SIZE);
        }
    };

    private final int code;
    private final int bytes;

    DataType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The element at a byte offset of little-endian data. */
    abstract double read(ByteBuffer bytes, int at);

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
