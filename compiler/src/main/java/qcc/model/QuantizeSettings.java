package qcc.model;

import java.util.Optional;
import java.util.OptionalDouble;
import qcc.ops.LayerScheme;

/**
 * The {@code quantize} section.
 *
 * @param scheme      for every layer that does not say otherwise
 * @param symmetric   true when activations must have the zero point 0
 * @param method      how the range of an activation becomes a scale
 * @param calibration where the samples come from; absent when the model names none
 * @param methods     what is done beside choosing ranges
 * @param goal        what the compiler's choices aim at
 * @param scaleLoss   where each layer's scales are chosen: decibels by which the noise of the results may exceed that
 *                    with dyadic scales; empty where all have those of the scheme
 */
public record QuantizeSettings(LayerScheme scheme, boolean symmetric, RangeMethod method,
        Optional<SampleSource> calibration, Methods methods, Goal goal, OptionalDouble scaleLoss) {

    public static final QuantizeSettings DEFAULT = new QuantizeSettings(LayerScheme.DEFAULT, false,
            new RangeMethod.LeastSquares(), Optional.empty(), Goal.DEFAULT);

    /** With the default methods. */
    public QuantizeSettings(LayerScheme scheme, boolean symmetric, RangeMethod method,
            Optional<SampleSource> calibration, Goal goal) {
        this(scheme, symmetric, method, calibration, Methods.DEFAULT, goal, OptionalDouble.empty());
    }

    public QuantizeSettings with(LayerScheme other) {
        return new QuantizeSettings(other, symmetric, method, calibration, methods, goal, scaleLoss);
    }

    /** With scales chosen for each layer, for a loss in decibels, or, without one, the scheme's. */
    public QuantizeSettings withScaleLoss(OptionalDouble decibels) {
        return new QuantizeSettings(scheme, symmetric, method, calibration, methods, goal, decibels);
    }

    public QuantizeSettings with(RangeMethod other) {
        return new QuantizeSettings(scheme, symmetric, other, calibration, methods, goal, scaleLoss);
    }

    public QuantizeSettings with(Methods others) {
        return new QuantizeSettings(scheme, symmetric, method, calibration, others, goal, scaleLoss);
    }
}
