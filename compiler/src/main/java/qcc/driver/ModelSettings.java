package qcc.driver;

import java.nio.file.Path;
import java.util.Optional;
import qcc.model.Goal;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.MemoryOptions;

/**
 * What the command line says about a model that its file cannot say.
 *
 * @param tfliteRounding how int8 models of TFLite round
 * @param calibration    samples that take the place of the model's own
 * @param quantize       settings that take the place of the model's own, as in a {@code quantize} section
 * @param goal           takes the place of the model's own
 * @param memory         what the application asks of the arena
 */
public record ModelSettings(RoundingSteps tfliteRounding, Optional<Path> calibration, Optional<String> quantize,
        Optional<Goal> goal, MemoryOptions memory) {
    public static final ModelSettings DEFAULT = new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(),
            Optional.empty());

    /** With the model's own settings of quantisation. */
    public ModelSettings(RoundingSteps tfliteRounding, Optional<Path> calibration, Optional<Goal> goal) {
        this(tfliteRounding, calibration, Optional.empty(), goal, MemoryOptions.DEFAULT);
    }
}
