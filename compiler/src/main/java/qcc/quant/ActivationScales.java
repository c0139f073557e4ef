package qcc.quant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import qcc.ir.IntegerType;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.model.RangeMethod;
import qcc.ops.Scales;
import qcc.tensor.FloatTensor;

/** Chooses scale and zero point of an activation from its distribution. */
final class ActivationScales {
    /** Powers of two below the one that covers everything, which may win by least squares. */
    private static final int HALVINGS = 3;
    /** Ways to place a range that is too wide for its scale, between cutting its low and its high end. */
    private static final int PLACEMENTS = 8;
    /** Narrower ranges tried for dyadic scales: from 1/50 to 50/50 of the whole. */
    private static final int FRACTIONS = 50;

    /** Finer scales are not used: their inverse would not be a float in the firmware's interface. */
    private static final int FINEST_EXPONENT = -100;

    private final Scales scales;
    private final boolean symmetric;
    private final RangeMethod method;
    private final IntegerType type;

    ActivationScales(Scales scales, boolean symmetric, RangeMethod method) {
        this(scales, symmetric, method, IntegerType.INT8);
    }

    /** {@code int16} values have no zero point, and levels enough to cover all that has to be covered. */
    ActivationScales(Scales scales, boolean symmetric, RangeMethod method, IntegerType type) {
        this.scales = scales;
        this.type = type;
        this.symmetric = symmetric || type == IntegerType.INT16;
        this.method = method;
    }

    /** The quantisation for the values in {@code histogram}. Zero is always represented exactly. */
    Quantization choose(Histogram histogram) {
        return choose(histogram, List.of());
    }

    /**
     * The quantisation for a value. Zero is always represented exactly.
     *
     * @param logits all tensors of the value, if a softmax reads it
     */
    Quantization choose(Histogram histogram, List<FloatTensor> logits) {
        Interval range = histogram.range().withZero();
        if (method instanceof RangeMethod.MinMax) {
            return covering(range);
        }
        if (method instanceof RangeMethod.Percentile percentile) {
            return covering(histogram.without((1 - percentile.percent() / 100) / 2).withZero());
        }
        if (type == IntegerType.INT16) {
            return covering(range);
        }
        RangeLoss loss = loss(histogram, logits);
        return candidates(range).stream().min(Comparator.comparingDouble(loss::of)).orElseThrow();
    }

    private RangeLoss loss(Histogram histogram, List<FloatTensor> logits) {
        if (method instanceof RangeMethod.Divergence) {
            return RangeLoss.divergence(histogram);
        }
        return method instanceof RangeMethod.CrossEntropy && !logits.isEmpty() ? RangeLoss.crossEntropy(logits)
                : RangeLoss.squaredError(histogram);
    }

    /** The finest quantisation in which no value of the range is off by more than a step. */
    Quantization covering(Interval range) {
        double width = width(range);
        if (width == 0) {
            return new Quantization(Scale.powerOfTwo(-7), 0, type);
        }
        if (scales != Scales.POWER_OF_TWO) {
            return place(dyadic(width / steps()), range, 0);
        }
        int exponent = coveringExponent(width);
        Quantization finest = place(Scale.powerOfTwo(exponent), range, 0);
        return covers(finest, range) ? finest : place(Scale.powerOfTwo(exponent + 1), range, 0);
    }

    /** Rounding the zero point moves a range by up to half a step, so one of more than 255 steps may not fit. */
    private static boolean covers(Quantization q, Interval range) {
        double step = q.scale().toDouble();
        return range.low() / step + q.zeroPoint() >= q.type().min() - 1
                && range.high() / step + q.zeroPoint() <= q.type().max() + 1;
    }

    private List<Quantization> candidates(Interval range) {
        List<Quantization> candidates = new ArrayList<>();
        candidates.add(covering(range));
        double width = width(range);
        if (width == 0) {
            return candidates;
        }
        if (scales != Scales.POWER_OF_TWO) {
            for (int i = 1; i < FRACTIONS; i++) {
                addPlacements(candidates, dyadic(width * i / FRACTIONS / steps()), range);
            }
        } else {
            for (int i = 1; i <= HALVINGS; i++) {
                addPlacements(candidates, Scale.powerOfTwo(coveringExponent(width) - i), range);
            }
        }
        return candidates;
    }

    /** From the smallest integer to the largest one. */
    private int steps() {
        return type.max() - type.min();
    }

    private static Scale dyadic(double step) {
        return Scale.dyadic(Math.max(step, Math.scalb(1.0, FINEST_EXPONENT)));
    }

    private void addPlacements(List<Quantization> candidates, Scale scale, Interval range) {
        for (int i = 0; i <= PLACEMENTS; i++) {
            Quantization candidate = place(scale, range, (double) i / PLACEMENTS);
            if (!candidates.contains(candidate)) {
                candidates.add(candidate);
            }
        }
    }

    /**
     * @param share of the part that does not fit which is cut at the low end: 0 keeps the low end
     */
    private Quantization place(Scale scale, Interval range, double share) {
        if (symmetric) {
            return new Quantization(scale, 0, type);
        }
        double step = scale.toDouble();
        double excess = Math.max(0, (range.high() - range.low()) / step - steps());
        double low = range.low() / step + excess * share;
        long zero = Math.round(Quantization.MIN - low);
        return new Quantization(scale, (int) Math.max(Quantization.MIN, Math.min(Quantization.MAX, zero)));
    }

    private double width(Interval range) {
        return symmetric ? 2 * Math.max(-range.low(), range.high()) : range.high() - range.low();
    }

    /** The smallest e with {@code width <= (steps + 1) * 2^e}: one end may then be off by a step, as 1 in [-1, 1 - 2^-7]. */
    private int coveringExponent(double width) {
        double ratio = width / (steps() + 1);
        int exponent = Math.getExponent(ratio);
        return Math.max(FINEST_EXPONENT, Math.scalb(1.0, exponent) == ratio ? exponent : exponent + 1);
    }
}
