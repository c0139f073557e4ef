package qcc.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import qcc.codegen.Layout;

/** Options of {@code qcc compile}. */
final class CompileOptions {
    /** The stages that can be printed. */
    enum Emit {
        AST, GRAPH, INTEGER, PLAN, C;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private ModelOptions model;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR",
            description = "the folder of the project (default: MODEL-TARGET)")
    private Path output;

    @Option(names = "--layout", paramLabel = "LAYOUT", defaultValue = "make", description = "a complete firmware (make), "
            + "or a library for another build system: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Layout layout;

    @Option(names = "--emit", paramLabel = "STAGE",
            description = "print a stage instead of writing a project: ${COMPLETION-CANDIDATES}")
    private Emit emit;

    @Option(names = "--dump-after", paramLabel = "PASS", description = "print the graph after a pass")
    private String dumpAfter;

    @Option(names = "--explain-kernels", description = "say why each layer gets its kernel, instead of writing a project")
    private boolean explainKernels;

    @Option(names = "--time-passes", description = "print the time that each pass took")
    private boolean timePasses;

    @Option(names = "--no-build", description = "do not build the project once to measure its code and stack")
    private boolean noBuild;

    ModelOptions model() {
        return model;
    }

    Optional<Path> output() {
        return Optional.ofNullable(output);
    }

    Layout layout() {
        return layout;
    }

    Optional<Emit> emit() {
        return Optional.ofNullable(emit);
    }

    Optional<String> dumpAfter() {
        return Optional.ofNullable(dumpAfter);
    }

    boolean timePasses() {
        return timePasses;
    }

    boolean explainKernels() {
        return explainKernels;
    }

    boolean noBuild() {
        return noBuild;
    }
}
