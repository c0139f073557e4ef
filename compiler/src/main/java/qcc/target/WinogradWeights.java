package qcc.target;

import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * The transformed weights {@code U = G g G^T} of Winograd's convolutions, in the order of {@code qcc_dsp_winograd.h}:
 * int16, as two bytes each, the low one first.
 */
final class WinogradWeights {
    /** G of F(2x2, 3x3), scaled by row to integers: a row for each position, a column for each tap. */
    private static final int[][] G_2 = {{2, 0, 0}, {1, 1, 1}, {1, -1, 1}, {0, 0, -2}};
    /** G of F(4x4, 3x3), likewise. */
    private static final int[][] G_4 = {{6, 0, 0}, {-1, -1, -1}, {-1, 1, -1}, {1, 2, 4}, {1, -2, 4}, {0, 0, 6}};
    private static final int TAPS = 9;

    private WinogradWeights() {
    }

    /**
     * From [channels][3][3][inputs] to [channels / 4][position][inputs / 4][half][4 channels][2 lanes], where the lanes
     * of a half are the inputs 4q + half and 4q + half + 2; both numbers of channels are multiples of four.
     *
     * @param tile side of an output tile, 2 or 4
     */
    static IntTensor of(IntTensor weights, int channels, int tile) {
        int[][] g = tile == 2 ? G_2 : G_4;
        int side = g.length;
        int inputs = weights.size() / channels / TAPS;
        IntTensor packed = IntTensor.zeros(Shape.of(2 * channels * side * side * inputs));
        for (int i = 0; i < packed.size() / 2; i++) {
            int input = i / 16 % (inputs / 4) * 4 + i / 8 % 2 + i % 2 * 2;
            int position = i / (4 * inputs) % (side * side);
            int channel = i / (4 * inputs) / (side * side) * 4 + i / 2 % 4;
            int u = 0;
            for (int tap = 0; tap < TAPS; tap++) {
                u += g[position / side][tap / 3] * g[position % side][tap % 3]
                        * weights.get((channel * TAPS + tap) * inputs + input);
            }
            packed.set(2 * i, (byte) u);
            packed.set(2 * i + 1, u >> 8);
        }
        return packed;
    }
}
