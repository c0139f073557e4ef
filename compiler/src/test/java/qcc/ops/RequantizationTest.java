package qcc.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.IntTensor;

/** The rule against a statement of it in unbounded arithmetic, and the choice of a rule for a real factor. */
class RequantizationTest {
    private static final int[] BOUNDARIES = {0, 1, -1, 2, -2, 127, 128, -128, -129, 1 << 15, -(1 << 15), (1 << 30) - 1,
        1 << 30, -(1 << 30), Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1};
    private static final Quantization OUTPUT = new Quantization(Scale.powerOfTwo(-3), 17);

    /** floor(numerator / 2^bits), then the bounds. */
    private static int expected(BigInteger numerator, int bits, int zero, int low, int high) {
        BigInteger scaled = new BigDecimal(numerator).divide(new BigDecimal(BigInteger.TWO.pow(bits)))
                .setScale(0, RoundingMode.FLOOR).toBigInteger().add(BigInteger.valueOf(zero));
        return scaled.max(BigInteger.valueOf(low)).min(BigInteger.valueOf(high)).intValueExact();
    }

    private static void checkShift(int shift, int accumulator, int low, int high) {
        Requantization rule = new Requantization(new Requantization.Shift(IntTensor.vector(shift)), low, high);
        assertThat(rule.apply(0, accumulator)).as(accumulator + " >> " + shift)
                .isEqualTo(expected(BigInteger.valueOf(accumulator), shift, 0, low, high));
    }

    private static void checkMultiply(int multiplier, int left, int zero, int accumulator, int low, int high) {
        Requantization rule = new Requantization(
                new Requantization.Multiply(IntTensor.vector(multiplier), left, zero), low, high);
        BigInteger shifted = BigInteger.valueOf(accumulator).shiftLeft(left);
        if (shifted.bitLength() > 31) {
            assertThatThrownBy(() -> rule.apply(0, accumulator)).isInstanceOf(ArithmeticException.class);
            return;
        }
        BigInteger numerator = shifted.multiply(BigInteger.valueOf(multiplier)).add(BigInteger.TWO.pow(31));
        assertThat(rule.apply(0, accumulator)).as(accumulator + " * 2^" + left + " * " + multiplier)
                .isEqualTo(expected(numerator, 32, zero, low, high));
    }

    @Test
    void boundariesAreExact() {
        for (int accumulator : BOUNDARIES) {
            for (int shift = 0; shift <= 31; shift++) {
                checkShift(shift, accumulator, -128, 127);
                checkShift(shift, accumulator, 0, 55);
            }
            for (int multiplier : BOUNDARIES) {
                for (int left : new int[] {0, 1, 7, 30, 31}) {
                    checkMultiply(multiplier, left, -128, accumulator, -128, 127);
                    checkMultiply(multiplier, left, 127, accumulator, -3, 3);
                }
            }
        }
    }

    @Test
    void randomAccumulatorsAreExact() {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            int accumulator = random.nextInt() >> random.nextInt(32);
            int low = random.nextInt(256) - 128;
            int high = low + random.nextInt(128 - low);
            checkShift(random.nextInt(32), accumulator, low, high);
            checkMultiply(random.nextInt() >> random.nextInt(32), random.nextInt(12), random.nextInt(256) - 128,
                    accumulator, low, high);
        }
    }

    @Test
    void channelsHaveTheirOwnEntries() {
        Requantization shift = new Requantization(new Requantization.Shift(IntTensor.vector(1, 3)), -128, 127);
        assertThat(shift.apply(0, 80)).isEqualTo(40);
        assertThat(shift.apply(1, 80)).isEqualTo(10);
        assertThat(shift.constants()).extracting(Constant::name).containsExactly("shift");
        Requantization same = new Requantization(new Requantization.Shift(IntTensor.vector(2)), -128, 127);
        assertThat(same.apply(5, 80)).isEqualTo(20);
        assertThat(same.constants()).isEmpty();
    }

    @Test
    void shiftsOutsideTheWordAreRefused() {
        assertThatThrownBy(() -> new Requantization.Shift(IntTensor.vector(3, 32)))
                .hasMessage("a shift by 32 bits");
        assertThatThrownBy(() -> new Requantization.Multiply(IntTensor.vector(3), -1, 0))
                .hasMessage("a shift by -1 bits");
    }

    /** Java counts shifts modulo 64: a proof that only shifted the bound would let these pass. */
    @Test
    void theProofKnowsTheLeftShift() {
        for (int left = 0; left <= 31; left++) {
            Requantization rule = new Requantization(
                    new Requantization.Multiply(IntTensor.vector(1 << 30), left, 0), -128, 127);
            long largest = BigInteger.valueOf(Integer.MAX_VALUE).shiftRight(left).longValueExact();
            assertThatCode(() -> rule.prove("it", 0, largest)).doesNotThrowAnyException();
            for (long bound : new long[] {largest + 1, 1L << 32, 1L << 33, 1L << 48, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> rule.prove("it", 0, bound)).isInstanceOf(OverflowException.class)
                        .hasMessageStartingWith("it can reach " + bound);
            }
        }
    }

    @Test
    void powersOfTwoAreShifted() {
        for (int n = 0; n <= Requantizations.MAX_SHIFT; n++) {
            double[] ratios = {Math.scalb(1.0, -n), 1};
            Requantization rule = Requantizations.of(ratios, OUTPUT, Interval.ALL, LayerScheme.DEFAULT);
            assertThat(rule.rule()).isInstanceOf(Requantization.Shift.class);
            for (int acc : new int[] {-5000, -1, 0, 1, 63, 64, 65, 70_000}) {
                long folded = acc + Requantizations.foldedConstant(rule, 0, OUTPUT, LayerScheme.DEFAULT, 0);
                long rounded = (long) Math.floor(acc * ratios[0] + 0.5) + OUTPUT.zeroPoint();
                assertThat(rule.apply(0, (int) folded)).isEqualTo((int) Math.max(-128, Math.min(127, rounded)));
            }
        }
    }

    @Test
    void floorRoundsDown() {
        LayerScheme floor = new LayerScheme(Scales.POWER_OF_TWO, 8, true, Rounding.FLOOR);
        Requantization rule = Requantizations.of(new double[] {0.25}, OUTPUT, Interval.ALL, floor);
        long constant = Requantizations.foldedConstant(rule, 0, OUTPUT, floor, 0);
        assertThat(rule.apply(0, (int) (7 + constant))).isEqualTo(17 + 1);
        assertThat(rule.apply(0, (int) (-1 + constant))).isEqualTo(17 - 1);
        assertThatThrownBy(() -> Requantizations.of(new double[] {0.3}, OUTPUT, Interval.ALL, floor))
                .isInstanceOf(QuantizationException.class).hasMessageContaining("needs a shift");
    }

    @Test
    void otherFactorsAreMultipliedWithinHalfAStep() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            double ratio = Math.scalb(1 + random.nextDouble(), -1 - random.nextInt(20));
            Requantization rule = Requantizations.of(new double[] {ratio, ratio * 0.9}, OUTPUT, Interval.ALL,
                    LayerScheme.DEFAULT);
            assertThat(rule.rule()).isInstanceOf(Requantization.Multiply.class);
            int acc = (int) Math.max(-(1 << 28), Math.min(1 << 28, (random.nextDouble() * 200 - 100) / ratio));
            double exact = acc * ratio + OUTPUT.zeroPoint();
            assertThat((double) rule.apply(0, acc)).isEqualTo(Math.max(-128, Math.min(127, exact)), within(0.52));
        }
    }

    @Test
    void factorsAboveOneShiftLeft() {
        Requantization rule = Requantizations.of(new double[] {12.5}, OUTPUT, Interval.ALL, LayerScheme.DEFAULT);
        assertThat(rule.apply(0, 4)).isEqualTo(50 + 17);
        assertThat(rule.apply(0, -4)).isEqualTo(-50 + 17);
        assertThatThrownBy(() -> Requantizations.of(new double[] {1e30}, OUTPUT, Interval.ALL, LayerScheme.DEFAULT))
                .isInstanceOf(QuantizationException.class);
    }

    @Test
    void clampsNarrowTheBounds() {
        Requantization rule = Requantizations.of(new double[] {0.5}, OUTPUT, new Interval(0, 6), LayerScheme.DEFAULT);
        assertThat(rule.low()).isEqualTo(17);
        assertThat(rule.high()).isEqualTo(17 + 48);
        Requantization all = Requantizations.of(new double[] {0.5}, OUTPUT, Interval.ALL, LayerScheme.DEFAULT);
        assertThat(all.low()).isEqualTo(-128);
        assertThat(all.high()).isEqualTo(127);
    }

    @Test
    void factorsGoInPartsWhereAccumulatorsAreSmallOrSaturate() {
        assertThat(tflite(1, -128, 127).parts(21)).isEqualTo(Requantization.Parts.WHOLE);
        assertThat(tflite(13, -128, 127).parts(21)).isEqualTo(Requantization.Parts.WHOLE);
        assertThat(tflite(0, -128, 127).parts(8)).isEqualTo(Requantization.Parts.NONE);
        assertThat(tflite(14, -128, 127).parts(8)).isEqualTo(Requantization.Parts.NONE);
        // 2^20 * 0.5 / 2^12 = 128 saturates to either side of the zero point 0, 2^20 * 0.5 / 2^13 does not.
        assertThat(tflite(12, -128, 127).parts(22)).isEqualTo(Requantization.Parts.LIMITED);
        assertThat(tflite(13, -128, 127).parts(22)).isEqualTo(Requantization.Parts.NONE);
        assertThat(tflite(13, -64, 63).parts(22)).isEqualTo(Requantization.Parts.LIMITED);
    }

    /** A factor of 0.5 / 2^right, zero point 0. */
    private static Requantization tflite(int right, int low, int high) {
        return new Requantization(new Requantization.Tflite(IntTensor.vector(1 << 30), IntTensor.vector(right),
                RoundingSteps.DOUBLE, 0), low, high);
    }
}
