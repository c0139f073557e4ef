package qcc.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;

/** Options of every command that reads a model. */
final class ModelOptions {
    @Parameters(paramLabel = "MODEL", description = "the model: a .qdsl, .tflite or .onnx file")
    private Path model;

    @Option(names = "--target", paramLabel = "NAME", defaultValue = "cortex-m4",
            description = "the target; see `qcc targets` (default: ${DEFAULT-VALUE})")
    private String target;

    @Option(names = "--no-optimise", description = "skip the passes that change no result: every layer stays as it is")
    private boolean unoptimised;

    @Mixin
    private SettingsOptions settings;

    Path model() {
        return model;
    }

    ModelSettings settings() {
        return settings.settings();
    }

    String target() {
        return target;
    }

    boolean optimise() {
        return !unoptimised;
    }

    /** The model as these options say that it is to be read. */
    Compilation compilation() {
        Compilation compilation = new Compilation(model, (pass, graph) -> { }, optimise());
        compilation.use(settings());
        return compilation;
    }
}
