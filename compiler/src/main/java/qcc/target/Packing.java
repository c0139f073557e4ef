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
    BLOCKS_OF_FOUR(Packing::blocksOfFour, Packing::paddedToFour);

    private final BiFunction<IntTensor, Integer, IntTensor> weights;
    private final UnaryOperator<IntTensor> bias;

    Packing(BiFunction<IntTensor, Integer, IntTensor> weights,
            UnaryOperator<IntTensor> bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /** Weights that are given row after row, in the order of this packing. */
    public IntTensor packWeights(IntTensor values, int rows) {
        return weights.apply(values, rows);
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
