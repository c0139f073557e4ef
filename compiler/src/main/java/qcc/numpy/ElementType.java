package qcc.numpy;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of elements that qcc reads and writes. */
public enum ElementType {
    BOOL("b1", 1) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.get(at) != 0 ? 1 : 0;
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.put(at, (byte) (value != 0 ? 1 : 0));
        }
    },
    INT8("i1", 1) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.get(at);
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.put(at, (byte) value);
        }
    },
    UINT8("u1", 1) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.get(at) & 0xFF;
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.put(at, (byte) (int) value);
        }
    },
    INT16("i2", 2) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getShort(at);
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.putShort(at, (short) value);
        }
    },
    UINT16("u2", 2) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getShort(at) & 0xFFFF;
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.putShort(at, (short) (int) value);
        }
    },
    INT32("i4", 4) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getInt(at);
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.putInt(at, (int) value);
        }
    },
    UINT32("u4", 4) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getInt(at) & 0xFFFF_FFFFL;
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.putInt(at, (int) (long) value);
        }
    },
    INT64("i8", 8) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getLong(at);
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.putLong(at, (long) value);
        }
    },
    FLOAT16("f2", 2) {
        @Override
        double get(ByteBuffer data, int at) {
            return Float16.toDouble(data.getShort(at));
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.putShort(at, Float16.fromDouble(value));
        }
    },
    FLOAT32("f4", 4) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getFloat(at);
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.putFloat(at, (float) value);
        }
    },
    FLOAT64("f8", 8) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getDouble(at);
        }

        @Override
        void put(ByteBuffer data, int at, double value) {
            data.putDouble(at, value);
        }
    };

    private final String numpyName;
    private final int bytes;

    ElementType(String numpyName, int bytes) {
        this.numpyName = numpyName;
        this.bytes = bytes;
    }

    /** The element at a byte offset; for 64-bit integers, the nearest double. */
    abstract double get(ByteBuffer data, int at);

    /** Stores a value that the type can hold, or, for a floating-point type, its nearest. */
    abstract void put(ByteBuffer data, int at, double value);

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
}
