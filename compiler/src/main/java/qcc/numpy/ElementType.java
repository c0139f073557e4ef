package qcc.numpy;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of elements that qcc reads and writes. */
public enum ElementType {
    BOOL("b1", 1, (data, at) -> data.get(at) != 0 ? 1 : 0, (data, at, v) -> data.put(at, (byte) (v != 0 ? 1 : 0))),
    INT8("i1", 1, ByteBuffer::get, (data, at, v) -> data.put(at, (byte) v)),
    UINT8("u1", 1, (data, at) -> data.get(at) & 0xFF, (data, at, v) -> data.put(at, (byte) (int) v)),
    INT16("i2", 2, ByteBuffer::getShort, (data, at, v) -> data.putShort(at, (short) v)),
    UINT16("u2", 2, (data, at) -> data.getShort(at) & 0xFFFF, (data, at, v) -> data.putShort(at, (short) (int) v)),
    INT32("i4", 4, ByteBuffer::getInt, (data, at, v) -> data.putInt(at, (int) v)),
    UINT32("u4", 4, (data, at) -> data.getInt(at) & 0xFFFF_FFFFL, (data, at, v) -> data.putInt(at, (int) (long) v)),
    INT64("i8", 8, ByteBuffer::getLong, (data, at, v) -> data.putLong(at, (long) v)),
    FLOAT16("f2", 2, (data, at) -> Float16.toDouble(data.getShort(at)),
            (data, at, v) -> data.putShort(at, Float16.fromDouble(v))),
    FLOAT32("f4", 4, ByteBuffer::getFloat, (data, at, v) -> data.putFloat(at, (float) v)),
    FLOAT64("f8", 8, ByteBuffer::getDouble, ByteBuffer::putDouble);

    private final String numpyName;
    private final int bytes;
    private final Getter getter;
    private final Putter putter;

    ElementType(String numpyName, int bytes, Getter getter, Putter putter) {
        this.numpyName = numpyName;
        this.bytes = bytes;
        this.getter = getter;
        this.putter = putter;
    }

    /** The element at a byte offset; for 64-bit integers, the nearest double. */
    double get(ByteBuffer data, int at) {
        return getter.get(data, at);
    }

    /** Stores a value that the type can hold, or, for a floating-point type, its nearest. */
    void put(ByteBuffer data, int at, double value) {
        putter.put(data, at, value);
    }

    /** The size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    public boolean isFloatingPoint() {
        return numpyName.startsWith("f");
    }

    /** NumPy's name without the byte order, for example {@code f4}. */
    public String numpyName() {
        return numpyName;
    }

    static Optional<ElementType> named(String numpyName) {
        for (ElementType type : values()) {
            if (type.numpyName.equals(numpyName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @FunctionalInterface
    private interface Getter {
        double get(ByteBuffer data, int at);
    }

    @FunctionalInterface
    private interface Putter {
        void put(ByteBuffer data, int at, double value);
    }
}
