package qcc.ops;

import qcc.tensor.IntTensor;

/**
 * An array that a kernel reads.
 *
 * @param name what it is for the kernel: {@code weights}, {@code bias}, {@code table} ...
 * @param type element type in C
 * @param data the values, within the type's range
 */
public record Constant(String name, CType type, IntTensor data) {

    /** The integer types that constants have. */
    public enum CType {
        INT8("int8_t", 1, Byte.MIN_VALUE, Byte.MAX_VALUE),
        UINT8("uint8_t", 1, 0, 255),
        INT16("int16_t", 2, Short.MIN_VALUE, Short.MAX_VALUE),
        UINT16("uint16_t", 2, 0, 65535),
        INT32("int32_t", 4, Integer.MIN_VALUE, Integer.MAX_VALUE);

        private final String spelling;
        private final int bytes;
        private final int low;
        private final int high;

        CType(String spelling, int bytes, int low, int high) {
            this.spelling = spelling;
            this.bytes = bytes;
            this.low = low;
            this.high = high;
        }

        public int low() {
            return low;
        }

        public int high() {
            return high;
        }

        /** The type's name in C. */
        public String spelling() {
            return spelling;
        }

        public int bytes() {
            return bytes;
        }
    }

    /** Flash that the array takes. */
    public int bytes() {
        return data.size() * type.bytes();
    }
}
