package qcc.ops.fixedpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FixedPointTest {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static BigDecimal power(int exponent) {
        BigDecimal magnitude = BigDecimal.valueOf(2).pow(Math.abs(exponent));
        return exponent >= 0 ? magnitude : BigDecimal.ONE.divide(magnitude);
    }

    private static int tiesUp(BigDecimal value) {
        return value.add(HALF).setScale(0, RoundingMode.FLOOR).intValueExact();
    }

    private static int tiesAway(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    /** Random numbers with many trailing zeros, so that ties occur, and numbers near powers of two. */
    private static int interesting(Random random) {
        int zeros = random.nextInt(32);
        int value = random.nextBoolean() ? random.nextInt() >> random.nextInt(32) << zeros
                : (1 << zeros) + random.nextInt(3) - 1;
        return value == Integer.MIN_VALUE ? 0 : value;
    }

    @Test
    void productsRoundTiesUp() {
        Random random = new Random(1);
        for (int i = 0; i < 60_000; i++) {
            int a = interesting(random);
            int b = interesting(random);
            BigDecimal exact = BigDecimal.valueOf(a).multiply(BigDecimal.valueOf(b)).multiply(power(-31));
            assertThat(FixedPoint.doublingHighProduct(a, b)).as("%d * %d", a, b).isEqualTo(tiesUp(exact));
        }
        assertThat(FixedPoint.doublingHighProduct(Integer.MIN_VALUE, Integer.MIN_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(FixedPoint.doublingHighProduct(1 << 30, -1)).isZero();
        assertThat(FixedPoint.doublingHighProduct(1 << 30, 1)).isEqualTo(1);
    }

    @Test
    void shortProductsRoundTiesUp() {
        for (int a = Short.MIN_VALUE; a <= Short.MAX_VALUE; a += 37) {
            for (int b : new int[] {-32767, -16384, -3, 0, 5, 16384, 16385, 32767}) {
                assertThat(FixedPoint.doublingHighProduct16(a, b)).isEqualTo(
                        tiesUp(BigDecimal.valueOf((long) a * b).multiply(power(-15))));
            }
        }
        assertThat(FixedPoint.doublingHighProduct16(-32768, -32768)).isEqualTo(32767);
    }

    @Test
    void quotientsRoundTiesAway() {
        Random random = new Random(2);
        for (int i = 0; i < 40_000; i++) {
            int x = interesting(random);
            int exponent = random.nextInt(32);
            assertThat(FixedPoint.divideByPowerOfTwo(x, exponent)).as("%d / 2^%d", x, exponent)
                    .isEqualTo(tiesAway(BigDecimal.valueOf(x).multiply(power(-exponent))));
            int divisor = 1 + random.nextInt(2000);
            int numerator = x >> 8;
            assertThat(FixedPoint.divideToNearest(numerator, divisor)).as("%d / %d", numerator, divisor)
                    .isEqualTo(BigDecimal.valueOf(numerator).divide(BigDecimal.valueOf(divisor), 0,
                            RoundingMode.HALF_UP).intValueExact());
        }
    }

    @Test
    void multipliersAreNormalised() {
        assertThat(QuantizedMultiplier.of(0, RoundingSteps.DOUBLE)).isEqualTo(new QuantizedMultiplier(0, 0));
        assertThat(QuantizedMultiplier.of(1, RoundingSteps.DOUBLE)).isEqualTo(new QuantizedMultiplier(1 << 30, 1));
        assertThat(QuantizedMultiplier.of(0.75, RoundingSteps.DOUBLE))
                .isEqualTo(new QuantizedMultiplier(0x60000000, 0));
        // Rounds up to 2^31, which is 2^30 with one more shift.
        assertThat(QuantizedMultiplier.of(1 - Math.scalb(1.0, -40), RoundingSteps.DOUBLE))
                .isEqualTo(new QuantizedMultiplier(1 << 30, 1));
        assertThat(QuantizedMultiplier.of(Math.scalb(1.0, -32), RoundingSteps.DOUBLE))
                .isEqualTo(new QuantizedMultiplier(1 << 30, -31));
        assertThat(QuantizedMultiplier.of(Math.scalb(0.99, -32), RoundingSteps.DOUBLE))
                .isEqualTo(new QuantizedMultiplier(0, 0));
        assertThat(QuantizedMultiplier.of(Math.scalb(1.5, 40), RoundingSteps.SINGLE))
                .isEqualTo(new QuantizedMultiplier(Integer.MAX_VALUE, 30));
    }

    @Test
    void productsWithMultipliersRoundOnceOrTwice() {
        Random random = new Random(3);
        for (int i = 0; i < 40_000; i++) {
            int x = interesting(random) >> 8;
            QuantizedMultiplier factor = new QuantizedMultiplier(
                    (1 << 30) + (random.nextInt(1 << 30) >> random.nextInt(30) << random.nextInt(20) & (1 << 30) - 1),
                    random.nextInt(40) - 32 + 1);
            BigDecimal exact = BigDecimal.valueOf(x).multiply(BigDecimal.valueOf(factor.significand()))
                    .multiply(power(-31)).multiply(power(Math.max(0, factor.shift())));
            BigDecimal rest = power(Math.min(0, factor.shift()));
            assertThat(factor.apply(x, RoundingSteps.SINGLE)).isEqualTo(tiesUp(exact.multiply(rest)));
            assertThat(factor.apply(x, RoundingSteps.DOUBLE)).isEqualTo(
                    tiesAway(BigDecimal.valueOf(tiesUp(exact)).multiply(rest)));
        }
    }

    @Test
    void leftShiftsThatOverflowAreTold() {
        QuantizedMultiplier factor = new QuantizedMultiplier(1 << 30, 8);
        assertThat(factor.apply(8_000_000, RoundingSteps.DOUBLE)).isEqualTo(8_000_000 * 128);
        assertThatThrownBy(() -> factor.apply(9_000_000, RoundingSteps.DOUBLE))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void transcendentalFunctionsAreClose() {
        for (int raw = Integer.MIN_VALUE + 1; raw < Integer.MAX_VALUE - (1 << 20); raw += 999_983) {
            double x = Math.scalb((double) raw, -27);
            assertThat(Math.scalb((double) Transcendental.logistic(raw), -31))
                    .isCloseTo(1 / (1 + StrictMath.exp(-x)), within());
            assertThat(Math.scalb((double) Transcendental.tanh(raw), -31)).isCloseTo(StrictMath.tanh(x), within());
            if (raw <= 0) {
                assertThat(Math.scalb((double) Transcendental.exp(raw, 4), -31)).isCloseTo(StrictMath.exp(x), within());
                assertThat(Math.scalb((double) Transcendental.exp(raw, 5), -31))
                        .isCloseTo(StrictMath.exp(2 * x), within());
            }
        }
        assertThat(Transcendental.exp(0, 5)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Transcendental.logistic(0)).isEqualTo(1 << 30);
        assertThat(Transcendental.tanh(0)).isZero();
    }

    /** The remainder of the fourth-order polynomial over an interval of 1/4 is 2.5e-7. */
    private static Offset<Double> within() {
        return Offset.offset(4e-7);
    }
}
