package qcc.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import qcc.driver.ModelSettings;
import qcc.model.Goal;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.InputUse;
import qcc.program.MemoryOptions;

/** Options that say about a model what its file cannot say. */
final class SettingsOptions {
    @Option(names = "--calibrate", paramLabel = "FILE",
            description = "a NumPy file with samples of the inputs, for float models that name none themselves")
    private Path calibration;

    @Option(names = "--tflite-rounding", paramLabel = "STEPS", defaultValue = "double",
            description = "how an int8 .tflite model rounds: `double`, as TFLite's reference kernels, or `single` "
                    + "(default: ${DEFAULT-VALUE})")
    private RoundingSteps tfliteRounding;

    @Option(names = "--optimise-for", paramLabel = "GOAL",
            description = "what kernels and code aim at: ${COMPLETION-CANDIDATES} (default: what the model says, else "
                    + "balanced)")
    private Goal goal;

    @Option(names = "--quantize", paramLabel = "SETTINGS",
            description = "settings as in a model's quantize section, which take the place of those in the model: "
                    + "`scales dyadic; methods none`")
    private String quantize;

    @Option(names = "--ram-budget", paramLabel = "BYTES",
            description = "take the fewest instructions for which the arena needs no more than so many bytes")
    private Long ramBudget;

    @Option(names = "--inputs", paramLabel = "USE", defaultValue = "consumed",
            description = "what happens to the inputs: they are written before every run (consumed), are still there "
                    + "after it, which costs RAM (preserved), or a function of the application supplies their rows "
                    + "during it, which saves RAM (rows) (default: ${DEFAULT-VALUE})")
    private InputUse inputs;

    ModelSettings settings() {
        return new ModelSettings(tfliteRounding, Optional.ofNullable(calibration), Optional.ofNullable(quantize),
                Optional.ofNullable(goal), new MemoryOptions(
                        ramBudget == null ? OptionalLong.empty() : OptionalLong.of(ramBudget), inputs));
    }
}
