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

    @Option(names = "--no-optimise", description = "skip the passes that change no result: every layer stays as it is")
    private boolean unoptimised;

    Path model() {
        return model;
    }

    String target() {
        return target;
    }

    boolean optimise() {
        return !unoptimised;
    }
}
