package qcc.ops.tflite;

import java.util.Optional;
import java.util.stream.IntStream;
import qcc.ops.Requantization;
import qcc.ops.WeightedAddition;
import qcc.ops.fixedpoint.QuantizedMultiplier;

/**
 * Looks for factors with which {@code clamp((m1 * a + m2 * b + bias) >> shift)} is what TFLite's addition computes.
 * TFLite rounds three times, but so finely that only sums very near to the middle between two results could tell:
 * mostly there is none among the 65,536 pairs of operands, and then one rounding does for all. Every pair is tried.
 */
final class LinearSum {
    /** Of the candidates for a shift: each factor to nearest, and its neighbours. */
    private static final int[] NEIGHBOURS = {0, 1, -1};
    private static final int BYTES = 256;
    private static final int LOWEST = -128;
    private static final int MAX_SHIFT = 30;

    private final TfliteAddition.Geometry geometry;
    private final Requantization requantization;
    private final Requantization.Tflite rule;
    private final byte[] expected;

    private LinearSum(TfliteAddition addition) {
        this.geometry = addition.geometry();
        this.requantization = addition.requantization();
        this.rule = (Requantization.Tflite) requantization.rule();
        int[] a = scaled(geometry.z1(), geometry.m1(), geometry.right1());
        int[] b = scaled(geometry.z2(), geometry.m2(), geometry.right2());
        expected = new byte[BYTES * BYTES];
        for (int i = 0; i < expected.length; i++) {
            int sum = Math.addExact(a[i / BYTES], geometry.sign() * b[i % BYTES]);
            expected[i] = (byte) requantization.apply(0, sum);
        }
    }

    /** The smallest such factors, if there are any. */
    static Optional<WeightedAddition.Int8> of(TfliteAddition addition) {
        LinearSum search = new LinearSum(addition);
        for (int shift = 0; shift <= MAX_SHIFT; shift++) {
            for (int d1 : NEIGHBOURS) {
                for (int d2 : NEIGHBOURS) {
                    Optional<WeightedAddition.Int8> sum = search.candidate(shift, d1, d2).filter(search::isExact);
                    if (sum.isPresent()) {
                        return sum;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What an operand of -128, -127, ... becomes at the common scale. */
    private int[] scaled(int zero, int significand, int right) {
        QuantizedMultiplier factor = new QuantizedMultiplier(significand, -right);
        return IntStream.range(0, BYTES)
                .map(i -> factor.apply((i + LOWEST - zero) << TfliteAddition.LEFT_SHIFT, rule.steps())).toArray();
    }

    /** Factors with 2^shift for one step of the result; nothing where the sum could leave 32 bits. */
    private Optional<WeightedAddition.Int8> candidate(int shift, int d1, int d2) {
        double step = Math.scalb(Math.scalb((double) rule.significand().get(0), -31 - rule.right().get(0)),
                shift + TfliteAddition.LEFT_SHIFT);
        long m1 = Math.round(step * Math.scalb((double) geometry.m1(), -31 - geometry.right1())) + d1;
        long m2 = geometry.sign() * (Math.round(step * Math.scalb((double) geometry.m2(), -31 - geometry.right2()))
                + d2);
        long bias = -m1 * geometry.z1() - m2 * geometry.z2() + ((long) rule.zero() << shift) + (1L << shift) / 2;
        if (128 * (Math.abs(m1) + Math.abs(m2)) + Math.abs(bias) >= 1L << 31) {
            return Optional.empty();
        }
        return Optional.of(new WeightedAddition.Int8(new WeightedAddition.Geometry(geometry.n(), geometry.period(),
                (int) m1, (int) m2, (int) bias, shift, requantization.low(), requantization.high())));
    }

    private boolean isExact(WeightedAddition.Int8 sum) {
        for (int i = 0; i < expected.length; i++) {
            if (sum.apply(i / BYTES + LOWEST, i % BYTES + LOWEST) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
