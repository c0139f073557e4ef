package qcc.ops;

/**
 * How one layer is quantised: the {@code quantize} section with the layer's own overrides applied.
 *
 * @param scales     the allowed scales
 * @param weightBits bits of a weight, 2..8
 * @param perChannel whether every output channel has its own weight scale
 * @param rounding   of requantisation
 */
public record LayerScheme(Scales scales, int weightBits, boolean perChannel, Rounding rounding) {
    public static final LayerScheme DEFAULT = new LayerScheme(Scales.POWER_OF_TWO, 8, true, Rounding.HALF_UP);

    public LayerScheme with(LayerOptions options) {
        return new LayerScheme(options.scales().orElse(scales), options.bits().orElse(weightBits), perChannel,
                options.rounding().orElse(rounding));
    }
}
