package qcc.target;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The orders in which kernels read weights and biases. */
public enum Packing {
    /** As the operation defines them. */
    PLAIN((weights, rows) -> weights, bias -> bias),

    /**
     * For dual multiply-accumulate on four rows: see {@code qcc_dsp_block.h}. Rows are output channels, padded with
     * zeros to a multiple of four; so are the products of a row.
     */
    BLOCKS_OF_FOUR(Packing::blocksOfFour, Packing::paddedToFour),

    /** For depthwise 3x3 kernels that work along the row: see {@code qcc_depthwise_conv2d_3x3_dsp.h}. */
    TAPS_OF_THREE(Packing::tapsOfThree, bias -> bias);

    private final BiFunction<IntTensor, Integer, IntTensor> weights;
    private final UnaryOperator<IntTensor> bias;

    Packing(BiFunction<IntTensor, Integer, IntTensor> weights,
            UnaryOperator<IntTensor> bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /** Weights in the order in which the portable kernel reads them, in that of this packing. */
    public IntTensor packWeights(IntTensor values, int channels) {
        return weights.apply(values, channels);
    }

    /** One bias for each row, as this packing needs them. */
    public IntTensor packBias(IntTensor values) {
        return bias.apply(values);
    }

    /** As the kernel lists write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static IntTensor blocksOfFour(IntTensor values, int rows) {
        int products = values.size() / rows;
        int padded = roundUpToFour(products);
        IntTensor packed = IntTensor.zeros(Shape.of(roundUpToFour(rows) * padded));
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < products; k++) {
                int place = r / 4 * 4 * padded + k / 4 * 16 + k % 2 * 8 + r % 4 / 2 * 4 + k % 4 / 2 * 2 + r % 2;
                packed.set(place, values.get(r * products + k));
            }
        }
        return packed;
    }

    /** From [3][3][channels] to [channels][3][4]: the taps 0, 1, 1, 2 of each kernel row. */
    private static IntTensor tapsOfThree(IntTensor values, int channels) {
        int[] taps = {0, 1, 1, 2};
        IntTensor packed = IntTensor.zeros(Shape.of(channels, 3, taps.length));
        for (int i = 0; i < packed.size(); i++) {
            int row = i / taps.length % 3;
            packed.set(i, values.get((3 * row + taps[i % taps.length]) * channels + i / taps.length / 3));
        }
        return packed;
    }

    private static IntTensor paddedToFour(IntTensor values) {
        IntTensor padded = IntTensor.zeros(Shape.of(roundUpToFour(values.size())));
        for (int i = 0; i < values.size(); i++) {
            padded.set(i, values.get(i));
        }
        return padded;
    }

    private static int roundUpToFour(int n) {
        return (n + 3) / 4 * 4;
    }
}
