package qcc.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

class BlocksOfFourTest {

    /**
     * The order in words: blocks of four rows; in a block, four products of each of its rows at a time; of these, first
     * the products 0 and 2 of rows 0 and 1, then of rows 2 and 3, then 1 and 3 likewise; rows run fastest.
     */
    private static List<Integer> blocksOfFour(int[][] rows) {
        int height = (rows.length + 3) / 4 * 4;
        int width = (rows[0].length + 3) / 4 * 4;
        int[][] padded = new int[height][width];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, padded[r], 0, rows[r].length);
        }
        List<Integer> packed = new ArrayList<>();
        for (int block = 0; block < height; block += 4) {
            for (int four = 0; four < width; four += 4) {
                for (int odd = 0; odd < 2; odd++) {
                    for (int pair = 0; pair < 4; pair += 2) {
                        for (int late = 0; late < 4; late += 2) {
                            packed.add(padded[block + pair][four + odd + late]);
                            packed.add(padded[block + pair + 1][four + odd + late]);
                        }
                    }
                }
            }
        }
        return packed;
    }

    @Test
    void blocksOfFourAreInTheOrderOfTheKernels() {
        Random random = new Random(2);
        for (int rows = 1; rows <= 9; rows++) {
            for (int products = 1; products <= 9; products++) {
                int[][] matrix = new int[rows][products];
                IntTensor flat = IntTensor.zeros(Shape.of(rows, products));
                for (int i = 0; i < flat.size(); i++) {
                    flat.set(i, 1 + random.nextInt(127));
                    matrix[i / products][i % products] = flat.get(i);
                }
                IntTensor packed = Packing.BLOCKS_OF_FOUR.packWeights(flat, rows, 1);
                List<Integer> values = new ArrayList<>();
                for (int i = 0; i < packed.size(); i++) {
                    values.add(packed.get(i));
                }
                assertThat(values).isEqualTo(blocksOfFour(matrix));
            }
        }
    }

    @Test
    void biasesArePaddedToFour() {
        assertThat(Packing.BLOCKS_OF_FOUR.packBias(IntTensor.vector(5, 6, 7, 8, 9)))
                .isEqualTo(IntTensor.vector(5, 6, 7, 8, 9, 0, 0, 0));
    }

    @Test
    void plainIsWhatTheOperationDefines() {
        IntTensor values = IntTensor.vector(1, 2, 3);
        assertThat(Packing.PLAIN.packWeights(values, 3, 1)).isSameAs(values);
        assertThat(Packing.PLAIN.packBias(values)).isSameAs(values);
    }
}
