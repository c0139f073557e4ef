package qcc.ops;

import qcc.ir.IntegerType;

/**
 * How one layer is quantised: the {@code quantize} section with the layer's own overrides applied.
 *
 * @param scales     the allowed scales
 * @param weightBits bits of a weight, 2..8
 * @param perChannel whether every output channel has its own weight scale
 * @param rounding   of requantisation
 * @param weights    how the scale of weights is chosen
 * @param integers   which of the integers that its bits allow a weight takes
 * @param activations what results are to be made of, where the operators that write and read them know it
 */
public record LayerScheme(Scales scales, int weightBits, boolean perChannel, Rounding rounding, WeightRange weights,
        IntegerRange integers, IntegerType activations) {
    public static final LayerScheme DEFAULT = new LayerScheme(Scales.POWER_OF_TWO, 8, true, Rounding.HALF_UP);

    /** With the least squared error of the weights, over the integers that are usual for their bits, and int8 activations. */
    public LayerScheme(Scales scales, int weightBits, boolean perChannel, Rounding rounding) {
        this(scales, weightBits, perChannel, rounding, WeightRange.MSE, IntegerRange.BY_BITS, IntegerType.INT8);
    }

    public LayerScheme with(LayerOptions options) {
        return new LayerScheme(options.scales().orElse(scales), options.bits().orElse(weightBits), perChannel,
                options.rounding().orElse(rounding), weights, integers, options.activations().orElse(activations));
    }

    public LayerScheme with(Scales others) {
        return new LayerScheme(others, weightBits, perChannel, rounding, weights, integers, activations);
    }

    /** The largest integer of a weight. */
    public int highestWeight() {
        return IntegerRange.highest(weightBits);
    }

    /** The smallest integer of a weight. */
    public int lowestWeight() {
        return integers.lowest(weightBits);
    }
}
