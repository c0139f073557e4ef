package qcc.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of every command that reads a model. */
final class ModelOptions {
    @Parameters(paramLabel = "MODEL", description = "the model, a .qdsl file")
    private Path model;

    @Option(names = "--target", paramLabel = "NAME", defaultValue = "cortex-m4",
            description = "the target; see `qcc targets` (default: ${DEFAULT-VALUE})")
    private String target;

    Path model() {
        return model;
    }

    String target() {
        return target;
    }
}
