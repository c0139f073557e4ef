package qcc.target;

import java.util.Locale;
import java.util.function.UnaryOperator;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The orders in which kernels read weights and biases. */
public enum Packing {
    /** As the operation defines them. */
    PLAIN((weights, channels, kernelRows) -> weights, bias -> bias,
            new FewBits((weights, channels, bits) -> PackedWeights.inOrder(weights, bits),
                    (weights, channels, bits) -> PackedWeights.narrowInOrder(weights, bits), "QCC_FLIP_NONE")),

    /**
     * For dual multiply-accumulate on four rows: see {@code qcc_dsp_block.h}. Rows are output channels, padded with
     * zeros to a multiple of four; so are the products of a row. Of few bits: see {@code qcc_dsp_packed.h}.
     */
    BLOCKS_OF_FOUR(Packing::blocksOfFour, Packing::paddedToFour,
            new FewBits(PackedWeights::lanes, PackedWeights::narrowLanes, "QCC_FLIP_LANES")),

    /** The same, where every second row shares its lanes with the row before it: see {@code qcc_dsp_stacked.h}. */
    STACKED_ROWS((weights, channels, kernelRows) -> stacked(blocksOfFour(weights, channels, kernelRows)),
            Packing::stackedBias, null),

    /** Blocks of eight rows, and of four where no more are left, stacked: see {@code qcc_dense_stacked_dsp.h}. */
    STACKED_EIGHTS((weights, rows, kernelRows) -> stacked(blocks(weights, rows, 8)), Packing::stackedBias, null),

    /** For convolutions that read pairs of products straight from image rows: see {@code qcc_conv2d_rows_dsp.h}. */
    RUNS_OF_PAIRS(Packing::runsOfPairs, Packing::paddedToFour, null),

    /** The same, stacked. */
    STACKED_RUNS((weights, channels, kernelRows) -> stacked(runsOfPairs(weights, channels, kernelRows)),
            Packing::stackedBias, null),

    /** For Winograd's F(2x2, 3x3): see {@code qcc_conv2d_f2x2_dsp.h}. */
    WINOGRAD_2((weights, channels, kernelRows) -> WinogradWeights.of(weights, channels, 2), bias -> bias, null),

    /** For Winograd's F(4x4, 3x3): see {@code qcc_conv2d_f4x4_dsp.h}. */
    WINOGRAD_4((weights, channels, kernelRows) -> WinogradWeights.of(weights, channels, 4), bias -> bias, null),

    /** For depthwise 3x3 kernels that work along lines: see {@code qcc_depthwise_conv2d_3x3_dsp.h}. */
    TAPS_OF_THREE(Packing::tapsOfThree, bias -> bias, null),

    /** Tiles of four rows and sixteen products, for vectors of sixteen: see {@code qcc_mve_block.h}. */
    TILES_OF_FOUR_BY_SIXTEEN((weights, rows, kernelRows) -> tiles(weights, rows, 4, 16), Packing::paddedToFour, null),

    /** Tiles of four rows and one product: see {@code qcc_mla.h}. */
    TILES_OF_FOUR_BY_ONE((weights, rows, kernelRows) -> tiles(weights, rows, 4, 1), Packing::paddedToFour, null),

    /** Tiles of eight rows and one product: see {@code qcc_dense_mla.h}. */
    TILES_OF_EIGHT_BY_ONE((weights, rows, kernelRows) -> tiles(weights, rows, 8, 1), bias -> bias, null),

    /** Runs of whole words, four rows side by side: see {@code qcc_pulp.h}. */
    RUNS_OF_WORDS(Packing::runsOfWords, Packing::paddedToFour, null),

    /** Two rows side by side, each weight with 128 added as an unsigned byte: see {@code qcc_swar.h}. */
    UNSIGNED_PAIRS((weights, rows, kernelRows) -> unsigned(weights, rows, 2), Packing::paddedToFour, null),

    /** The same for eight rows: see {@code qcc_dense_unsigned.h}. */
    UNSIGNED_EIGHTS((weights, rows, kernelRows) -> unsigned(weights, rows, 8), bias -> padded(bias, 8), null);

    /** Puts weights that are given in the order of the portable kernel into another one. */
    private interface Order {
        IntTensor pack(IntTensor weights, int channels, int kernelRows);
    }

    /** Puts weights of few bits that are given in the order of the portable kernel into bytes. */
    private interface Fields {
        IntTensor pack(IntTensor weights, int channels, int bits);
    }

    /**
     * For kernels that read several weights from a byte.
     *
     * @param read   as kernels read 4 or 2 bits
     * @param narrow fewer than 4 bits, for {@code qcc_widen} to make 4 of them
     * @param flip   the bits in which the result differs from two's complement: a constant of {@code qcc_packed.h}
     */
    private record FewBits(Fields read, Fields narrow, String flip) {
    }

    private final Order weights;
    private final UnaryOperator<IntTensor> bias;
    private final FewBits fewBits;

    /**
     * @param fewBits null where kernels of this packing read bytes only
     */
    Packing(Order weights, UnaryOperator<IntTensor> bias, FewBits fewBits) {
        this.weights = weights;
        this.bias = bias;
        this.fewBits = fewBits;
    }

    /** Whether weights of 4 or 2 bits can be packed for kernels that read this order. */
    boolean hasFields() {
        return fewBits != null;
    }

    /**
     * Weights in the order of this packing.
     *
     * @param values     in the order in which the portable kernel reads them
     * @param channels   of the output
     * @param kernelRows of the window; 1 where there is none
     */
    public IntTensor packWeights(IntTensor values, int channels, int kernelRows) {
        return weights.pack(values, channels, kernelRows);
    }

    /**
     * Weights of 4 or 2 bits, several to a byte.
     *
     * @param values   in the order in which the portable kernel reads them
     * @param channels of the output
     */
    public IntTensor packFields(IntTensor values, int channels, int bits) {
        return fewBits.read().pack(values, channels, bits);
    }

    /** Weights of 2 or 3 bits, without gaps, for {@code qcc_widen}. */
    public IntTensor packNarrow(IntTensor values, int channels, int bits) {
        return fewBits.narrow().pack(values, channels, bits);
    }

    /** What {@code qcc_widen} is told of the fields that kernels of this packing read. */
    public String flip() {
        return fewBits.flip();
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

    private static IntTensor blocksOfFour(IntTensor values, int rows, int kernelRows) {
        return blocks(values, rows, 4);
    }

    /** From [rows][products] to blocks of so many rows; the last one may be of four. */
    private static IntTensor blocks(IntTensor values, int rows, int most) {
        int products = values.size() / rows;
        int padded = roundUpToFour(products);
        IntTensor packed = IntTensor.zeros(Shape.of(roundUpToFour(rows) * padded));
        for (int r = 0; r < rows; r++) {
            int first = r / most * most;
            int height = Math.min(most, roundUpToFour(rows - first));
            for (int k = 0; k < products; k++) {
                int place = first * padded + k / 4 * 4 * height + k % 2 * 2 * height + (r - first) / 2 * 4
                        + k % 4 / 2 * 2 + r % 2;
                packed.set(place, values.get(r * products + k));
            }
        }
        return packed;
    }

    /** From [channels][kernelRows][run] to [channels / 4][kernelRows][run / 2][2 pairs of rows][2 products][2 rows]. */
    private static IntTensor runsOfPairs(IntTensor values, int channels, int kernelRows) {
        int run = values.size() / channels / kernelRows;
        int even = (run + 1) / 2 * 2;
        IntTensor packed = IntTensor.zeros(Shape.of(roundUpToFour(channels) * kernelRows * even));
        for (int i = 0; i < values.size(); i++) {
            int r = i / run / kernelRows;
            int k = i % run;
            int block = (r / 4 * kernelRows + i / run % kernelRows) * 4 * even;
            packed.set(block + k / 2 * 8 + r % 4 / 2 * 4 + k % 2 * 2 + r % 2, values.get(i));
        }
        return packed;
    }

    /** From [3][3][channels] to [channels][3][4]: the taps 0, 1, 1, 2 of each kernel row. */
    private static IntTensor tapsOfThree(IntTensor values, int channels, int kernelRows) {
        int[] taps = {0, 1, 1, 2};
        IntTensor packed = IntTensor.zeros(Shape.of(channels, kernelRows, taps.length));
        for (int i = 0; i < packed.size(); i++) {
            int row = i / taps.length % 3;
            packed.set(i, values.get((3 * row + taps[i % taps.length]) * channels + i / taps.length / 3));
        }
        return packed;
    }

    /** From [rows][products] to [rows / height][products / width][height][width], with zeros for what is added. */
    private static IntTensor tiles(IntTensor values, int rows, int height, int width) {
        int products = values.size() / rows;
        int padded = (products + width - 1) / width * width;
        IntTensor packed = IntTensor.zeros(Shape.of((rows + height - 1) / height * height * padded));
        for (int i = 0; i < values.size(); i++) {
            int r = i / products;
            int k = i % products;
            packed.set(r / height * height * padded + k / width * height * width + r % height * width + k % width,
                    values.get(i));
        }
        return packed;
    }

    /** From [rows][runs][run] to [rows / 4][runs][run / 4][4 rows][4 products], with zeros for what is added. */
    private static IntTensor runsOfWords(IntTensor values, int rows, int runs) {
        int run = values.size() / rows / runs;
        int padded = roundUpToFour(run);
        IntTensor wide = IntTensor.zeros(Shape.of(rows * runs * padded));
        for (int i = 0; i < values.size(); i++) {
            wide.set(i / run * padded + i % run, values.get(i));
        }
        return tiles(wide, rows, 4, 4);
    }

    /**
     * Tiles of so many rows and one product, as the bits of w + 128; rows and products are padded with the weight 0 to
     * multiples of that number.
     */
    private static IntTensor unsigned(IntTensor values, int rows, int height) {
        int products = values.size() / rows;
        int padded = (products + height - 1) / height * height;
        IntTensor wide = IntTensor.zeros(Shape.of(rows * padded));
        for (int i = 0; i < values.size(); i++) {
            wide.set(i / products * padded + i % products, values.get(i));
        }
        IntTensor packed = tiles(wide, rows, height, 1);
        for (int i = 0; i < packed.size(); i++) {
            packed.set(i, (byte) (packed.get(i) + 128));
        }
        return packed;
    }

    /** Where the lower row of a lane is negative, the upper one is what is left of their sum. */
    private static IntTensor stacked(IntTensor packed) {
        for (int i = 0; i < packed.size(); i += 2) {
            if (packed.get(i) < 0) {
                packed.set(i + 1, packed.get(i + 1) - 1);
            }
        }
        return packed;
    }

    /** The sum of a lane begins with both rows' biases, modulo 2^32. */
    private static IntTensor stackedBias(IntTensor values) {
        IntTensor packed = paddedToFour(values);
        for (int i = 0; i < packed.size(); i += 2) {
            packed.set(i + 1, (packed.get(i + 1) << 8) + packed.get(i));
        }
        return packed;
    }

    private static IntTensor paddedToFour(IntTensor values) {
        return padded(values, 4);
    }

    private static IntTensor padded(IntTensor values, int multiple) {
        IntTensor padded = IntTensor.zeros(Shape.of((values.size() + multiple - 1) / multiple * multiple));
        for (int i = 0; i < values.size(); i++) {
            padded.set(i, values.get(i));
        }
        return padded;
    }

    private static int roundUpToFour(int n) {
        return (n + 3) / 4 * 4;
    }
}
