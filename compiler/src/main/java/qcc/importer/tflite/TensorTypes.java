package qcc.importer.tflite;

import qcc.importer.tflite.schema.TensorType;

/** What is known about the codes of element types. */
final class TensorTypes {
    private TensorTypes() {
    }

    static String name(byte type) {
        return type >= 0 && type < TensorType.names.length ? TensorType.names[type].toLowerCase(java.util.Locale.ROOT)
                : "type " + type;
    }

    /** Bytes of an element; 0 for types of which no constant can be read. */
    static int bytes(byte type) {
        return switch (type) {
            case TensorType.INT8, TensorType.UINT8, TensorType.BOOL -> 1;
            case TensorType.FLOAT16, TensorType.INT16, TensorType.UINT16 -> 2;
            case TensorType.FLOAT32, TensorType.INT32, TensorType.UINT32 -> 4;
            case TensorType.INT64, TensorType.UINT64, TensorType.FLOAT64 -> 8;
            default -> 0;
        };
    }
}
