package qcc.model;

import java.util.Optional;
import qcc.ops.LayerScheme;

/**
 * The {@code quantize} section.
 *
 * @param scheme      for every layer that does not say otherwise
 * @param symmetric   true when activations must have the zero point 0
 * @param method      how the range of an activation becomes a scale
 * @param calibration where the samples come from; absent when the model names none
 * @param goal        what the compiler's choices aim at
 */
public record QuantizeSettings(LayerScheme scheme, boolean symmetric, RangeMethod method,
        Optional<SampleSource> calibration, Goal goal) {

    public static final QuantizeSettings DEFAULT = new QuantizeSettings(LayerScheme.DEFAULT, false,
            new RangeMethod.LeastSquares(), Optional.empty(), Goal.DEFAULT);
}
