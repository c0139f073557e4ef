package qcc.target;

import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Weights of 4 or 2 bits, several to a byte. */
final class PackedWeights {
    private PackedWeights() {
    }

    /** Weights in their order, in two's complement: see {@code qcc_packed.h}. */
    static IntTensor inOrder(IntTensor weights, int bits) {
        return bytes(weights, bits);
    }

    /**
     * For products of masked lanes: see {@code qcc_dsp_packed.h}. Rows and their products are padded with zeros to
     * multiples of four.
     */
    static IntTensor lanes(IntTensor weights, int rows, int bits) {
        int products = weights.size() / rows;
        int padded = roundUpToFour(products);
        IntTensor fields = IntTensor.zeros(Shape.of(roundUpToFour(rows) * padded));
        for (int i = 0; i < fields.size(); i++) {
            int r = i / padded;
            int k = i % padded;
            int weight = r < rows && k < products ? weights.get(r * products + k) : 0;
            int place = bits == 4 ? k % 2 * 8 + k % 4 / 2 * 4 : k % 4 / 2 * 8 + k % 2 * 4;
            // In a lane of four fields the last one holds the sign; the others cannot be negative.
            boolean signed = bits == 4 && r % 4 == 3;
            fields.set(r / 4 * 4 * padded + k / 4 * 16 + place + r % 4, signed ? weight : weight + (1 << (bits - 1)));
        }
        return bytes(fields, bits);
    }

    /** The low bits of each value, the first one lowest in its byte. */
    private static IntTensor bytes(IntTensor fields, int bits) {
        int[] bytes = new int[(fields.size() * bits + 7) / 8];
        for (int i = 0; i < fields.size(); i++) {
            bytes[i * bits / 8] |= (fields.get(i) & ((1 << bits) - 1)) << i * bits % 8;
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) bytes[i];
        }
        return IntTensor.vector(bytes);
    }

    private static int roundUpToFour(int n) {
        return (n + 3) / 4 * 4;
    }
}
