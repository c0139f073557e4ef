package qcc.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;

/** Options of every command that reads a model. */
final class ModelOptions {
    @Parameters(paramLabel = "MODEL", description = "the model: a .qdsl, .tflite or .onnx file")
    private Path model;

    @Option(names = "--target", paramLabel = "NAME", defaultValue = "cortex-m4",
            description = "the target; see `qcc targets` (default: ${DEFAULT-VALUE})")
    private String target;

    @Option(names = "--cores", paramLabel = "N",
            description = "cores of a cluster, such as GAP-8's, that work on the network: 1, 2, 4 or 8 (default: all)")
    private Integer cores;

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

    /** The target, with as many cores as were asked for; {@link CompilationFailed} when there is no such one. */
    Target target(Installation installation) {
        Target loaded = new Targets(installation).load(target);
        return cores == null ? loaded : loaded.withCores(cores).orElseThrow(() -> new CompilationFailed(Diagnostic.of(
                Code.E701, Span.wholeFile("--cores"), "`" + target + "` has no cluster that could work with " + cores
                        + (cores == 1 ? " core" : " cores"))
                .help(loaded.cluster().map(all -> "it works with 1, 2, 4, 8 of its " + all.cores()
                        + " cores").orElse("leave --cores out, or choose --target gap8"))));
    }

    /** The target's name. */
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
