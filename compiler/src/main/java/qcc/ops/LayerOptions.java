package qcc.ops;

import java.util.Optional;
import qcc.ir.IntegerType;
import qcc.ops.attributes.Attribute;

/** The arguments that every layer takes beside its operator's own: overrides of the {@code quantize} section. */
public record LayerOptions(
        @Attribute(value = "bits of the weights", min = 2, max = 8) Optional<Integer> bits,
        @Attribute("scheme of the scales") Optional<Scales> scales,
        @Attribute("rounding of results") Optional<Rounding> rounding,
        @Attribute("type of the results") Optional<IntegerType> activations) {

    public static final LayerOptions NONE = new LayerOptions(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    public LayerOptions withScales(Scales others) {
        return new LayerOptions(bits, Optional.of(others), rounding, activations);
    }

    public LayerOptions withBits(int other) {
        return new LayerOptions(Optional.of(other), scales, rounding, activations);
    }
}
