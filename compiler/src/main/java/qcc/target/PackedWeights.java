package qcc.target;

import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Weights of less than 8 bits, packed without gaps. */
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
        IntTensor fields = laneOrder(weights, rows, bits);
        for (int i = 0; i < fields.size(); i++) {
            // In a lane of four fields the last one holds the sign; the others cannot be negative.
            boolean signed = bits == 4 && i % 4 == 3;
            fields.set(i, signed ? fields.get(i) : fields.get(i) + (1 << (bits - 1)));
        }
        return bytes(fields, bits);
    }

    /** Weights of fewer bits in the order of lanes of 4, for {@code qcc_widen}. */
    static IntTensor narrowLanes(IntTensor weights, int rows, int bits) {
        return bytes(laneOrder(weights, rows, 4), bits);
    }

    /** The same in their order, padded to whole words. */
    static IntTensor narrowInOrder(IntTensor weights, int bits) {
        IntTensor padded = IntTensor.zeros(Shape.of((weights.size() + 7) / 8 * 8));
        for (int i = 0; i < weights.size(); i++) {
            padded.set(i, weights.get(i));
        }
        return bytes(padded, bits);
    }

    private static IntTensor laneOrder(IntTensor weights, int rows, int bits) {
        int products = weights.size() / rows;
        int padded = roundUpToFour(products);
        IntTensor ordered = IntTensor.zeros(Shape.of(roundUpToFour(rows) * padded));
        for (int i = 0; i < weights.size(); i++) {
            int r = i / products;
            int k = i % products;
            int place = bits == 4 ? k % 2 * 8 + k % 4 / 2 * 4 : k % 4 / 2 * 8 + k % 2 * 4;
            ordered.set(r / 4 * 4 * padded + k / 4 * 16 + place + r % 4, weights.get(i));
        }
        return ordered;
    }

    /** The low bits of each value, the first one lowest in its byte. */
    private static IntTensor bytes(IntTensor fields, int bits) {
        int[] bytes = new int[(fields.size() * bits + 7) / 8];
        for (int i = 0; i < fields.size(); i++) {
            int field = (fields.get(i) & ((1 << bits) - 1)) << i * bits % 8;
            bytes[i * bits / 8] |= field & 0xFF;
            if (field > 0xFF) {
                bytes[i * bits / 8 + 1] |= field >> 8;
            }
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
