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
        INT8("int8_t", 1), UINT8("uint8_t", 1), UINT16("uint16_t", 2), INT32("int32_t", 4);

        private final String spelling;
        private final int bytes;

        CType(String spelling, int bytes) {
            this.spelling = spelling;
            this.bytes = bytes;
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
