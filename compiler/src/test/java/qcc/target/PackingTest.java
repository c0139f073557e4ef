package qcc.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Each packing against the picture in the header of the kernel that reads it. */
class PackingTest {

    @Test
    void tapsOfThreeHoldTheMiddleTapTwice() {
        // Two channels: tap t of channel c is 10 * c + t.
        IntTensor byTap = IntTensor.zeros(Shape.of(9, 2));
        IntStream.range(0, 18).forEach(i -> byTap.set(i, i % 2 * 10 + i / 2));

        assertThat(values(Packing.TAPS_OF_THREE.packWeights(byTap, 2, 3)))
                .containsExactly(0, 1, 1, 2, 3, 4, 4, 5, 6, 7, 7, 8, 10, 11, 11, 12, 13, 14, 14, 15, 16, 17, 17, 18);
    }

    @Test
    void blocksOfFourPairRowsAndEverySecondProduct() {
        // Five rows of three products: product k of row r is 10 * r + k; row and product are filled up with zeros.
        IntTensor rows = IntTensor.zeros(Shape.of(5, 3));
        IntStream.range(0, 15).forEach(i -> rows.set(i, i / 3 * 10 + i % 3));

        assertThat(values(Packing.BLOCKS_OF_FOUR.packWeights(rows, 5, 1)))
                .containsExactly(0, 10, 2, 12, 20, 30, 22, 32, 1, 11, 0, 0, 21, 31, 0, 0,
                        40, 0, 42, 0, 0, 0, 0, 0, 41, 0, 0, 0, 0, 0, 0, 0);
        assertThat(values(Packing.BLOCKS_OF_FOUR.packBias(rows))).hasSize(16).endsWith(42, 0);
    }

    @Test
    void eightsEndInABlockOfFourWhereThatIsEnough() {
        // Nine rows of two products: product k of row r is 10 * r + k.
        IntTensor rows = IntTensor.zeros(Shape.of(9, 2));
        IntStream.range(0, 18).forEach(i -> rows.set(i, i / 2 * 10 + i % 2));

        assertThat(values(Packing.STACKED_EIGHTS.packWeights(rows, 9, 1))).containsExactly(
                0, 10, 0, 0, 20, 30, 0, 0, 40, 50, 0, 0, 60, 70, 0, 0,
                1, 11, 0, 0, 21, 31, 0, 0, 41, 51, 0, 0, 61, 71, 0, 0,
                80, 0, 0, 0, 0, 0, 0, 0, 81, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void stackedRunsFillOddRunsUp() {
        // Two channels of two kernel rows with three products: product k of row h of channel c is 100 * c + 10 * h + k.
        IntTensor runs = IntTensor.zeros(Shape.of(2, 6));
        IntStream.range(0, 12).forEach(i -> runs.set(i, i / 6 * 100 + i / 3 % 2 * 10 + i % 3));

        assertThat(values(Packing.STACKED_RUNS.packWeights(runs, 2, 2)))
                .containsExactly(0, 100, 1, 101, 0, 0, 0, 0, 2, 102, 0, 0, 0, 0, 0, 0,
                        10, 110, 11, 111, 0, 0, 0, 0, 12, 112, 0, 0, 0, 0, 0, 0);
        assertThat(values(Packing.STACKED_RUNS.packBias(runs))).hasSize(12);
    }

    @Test
    void stackedRowsShareTheirLanes() {
        // Four rows of one product; a lane is 256 * upper + lower.
        IntTensor rows = IntTensor.vector(-3, 5, 7, -127);
        int[] packed = values(Packing.STACKED_ROWS.packWeights(rows, 4, 1));
        assertThat(Arrays.copyOf(packed, 8)).containsExactly(-3, 4, 0, 0, 7, -127, 0, 0);
        assertThat(256 * packed[1] + (packed[0] & 255)).isEqualTo(256 * 5 - 3);
        assertThat(values(Packing.STACKED_ROWS.packBias(IntTensor.vector(-10, 3, 1 << 30, -(1 << 22)))))
                .containsExactly(-10, 3 * 256 - 10, 1 << 30, 0);
    }

    @Test
    void fieldsInOrderBeginAtTheLowBits() {
        assertThat(values(Packing.PLAIN.packFields(IntTensor.vector(1, -8, 7, -1, -2), 1, 4)))
                .containsExactly((byte) 0x81, (byte) 0xF7, 0x0E);
        assertThat(values(Packing.PLAIN.packFields(IntTensor.vector(1, -2, 0, -1, 1), 1, 2)))
                .containsExactly((byte) 0b11_00_10_01, 1);
        assertThat(values(Packing.PLAIN.packFields(IntTensor.vector(1, -4, 3, -1), 1, 3)))
                .containsExactly((byte) 0b11_100_001, 0b111_0);
        assertThat(values(Packing.PLAIN.packFields(IntTensor.vector(-64, 63), 1, 7)))
                .containsExactly((byte) 0b1_1000000, 0b011111);
    }

    @Test
    void narrowFieldsStandInTheOrderOfThoseOfFourBitsInWholeWords() {
        assertThat(values(Packing.PLAIN.packNarrow(IntTensor.vector(1, -4, 3, -1), 1, 3)))
                .containsExactly((byte) 0b11_100_001, 0b111_0, 0);
        // Four rows of two products, of which the second one stands in the next word.
        assertThat(values(Packing.BLOCKS_OF_FOUR.packNarrow(IntTensor.vector(-4, 1, -3, 2, -2, 3, -1, 0), 4, 3)))
                .containsExactly((byte) 0b10_101_100, 0b111_1, 0, (byte) 0b11_010_001, 0, 0);
    }

    @Test
    void lanesOfFourRowsHoldEverySecondProduct() {
        // Four rows of two products; the lower lane holds product 0, the next word product 1. Row 3 keeps its sign.
        IntTensor rows = IntTensor.vector(-8, -7, 1, 2, 3, 4, -8, 7);
        assertThat(values(Packing.BLOCKS_OF_FOUR.packFields(rows, 4, 4)))
                .containsExactly((byte) 0x90, (byte) 0x8B, (byte) 0x88, 0x08,
                        (byte) 0xA1, 0x7C, (byte) 0x88, 0x08);
        // Both words in one, the odd product above the even one.
        assertThat(values(Packing.BLOCKS_OF_FOUR.packFields(IntTensor.vector(-2, 1, 0, 0, 1, 1, -1, -2), 4, 2)))
                .containsExactly((byte) 0b01_11_10_00, (byte) 0b00_11_10_11, (byte) 0b10101010, (byte) 0b10101010);
    }

    @Test
    void tilesKeepTheProductsOfARowTogether() {
        // Five rows of eighteen products: product k of row r is 20 * r + k.
        IntTensor rows = IntTensor.zeros(Shape.of(5, 18));
        IntStream.range(0, 90).forEach(i -> rows.set(i, i / 18 * 20 + i % 18));

        int[] wide = values(Packing.TILES_OF_FOUR_BY_SIXTEEN.packWeights(rows, 5, 1));
        assertThat(wide).hasSize(8 * 32);
        assertThat(IntStream.of(wide).boxed().toList().subList(14, 18)).containsExactly(14, 15, 20, 21);
        assertThat(IntStream.of(wide).boxed().toList().subList(64, 84)).startsWith(16, 17, 0).endsWith(0, 36, 37, 0, 0);
        assertThat(wide[128 + 64 + 1]).isEqualTo(97);

        int[] narrow = values(Packing.TILES_OF_FOUR_BY_ONE.packWeights(rows, 5, 1));
        assertThat(narrow).hasSize(8 * 18);
        assertThat(IntStream.of(narrow).boxed().toList().subList(0, 8)).containsExactly(0, 20, 40, 60, 1, 21, 41, 61);
        assertThat(IntStream.of(narrow).boxed().toList().subList(72, 77)).containsExactly(80, 0, 0, 0, 81);
    }

    @Test
    void runsOfWordsArePaddedEach() {
        // Five rows of two runs of five products: product k of run n of row r is 20 * r + 10 * n + k.
        IntTensor rows = IntTensor.zeros(Shape.of(5, 10));
        IntStream.range(0, 50).forEach(i -> rows.set(i, i / 10 * 20 + i / 5 % 2 * 10 + i % 5));

        int[] packed = values(Packing.RUNS_OF_WORDS.packWeights(rows, 5, 2));
        assertThat(packed).hasSize(8 * 2 * 8);
        assertThat(IntStream.of(packed).boxed().toList().subList(0, 16))
                .containsExactly(0, 1, 2, 3, 20, 21, 22, 23, 40, 41, 42, 43, 60, 61, 62, 63);
        assertThat(IntStream.of(packed).boxed().toList().subList(16, 24)).containsExactly(4, 0, 0, 0, 24, 0, 0, 0);
        assertThat(IntStream.of(packed).boxed().toList().subList(32, 36)).containsExactly(10, 11, 12, 13);
        assertThat(IntStream.of(packed).boxed().toList().subList(64, 72)).containsExactly(80, 81, 82, 83, 0, 0, 0, 0);
    }

    @Test
    void unsignedRowsHaveOneHundredAndTwentyEightAdded() {
        // Three rows of three products: product k of row r is 10 * r - k; what is added has the weight 0.
        IntTensor rows = IntTensor.zeros(Shape.of(3, 3));
        IntStream.range(0, 9).forEach(i -> rows.set(i, i / 3 * 10 - i % 3));

        assertThat(values(Packing.UNSIGNED_PAIRS.packWeights(rows, 3, 1))).containsExactly(
                -128, -118, 127, -119, 126, -120, -128, -128, -108, -128, -109, -128, -110, -128, -128, -128);
        int[] eights = values(Packing.UNSIGNED_EIGHTS.packWeights(rows, 3, 1));
        assertThat(eights).hasSize(64).startsWith(-128, -118, -108, -128, -128, -128, -128, -128, 127, -119);
    }

    private static int[] values(IntTensor tensor) {
        return IntStream.range(0, tensor.size()).map(tensor::get).toArray();
    }
}
