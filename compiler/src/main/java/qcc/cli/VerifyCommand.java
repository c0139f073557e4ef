package qcc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.driver.Mismatch;
import qcc.driver.Project;
import qcc.driver.ProjectWriter;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.ir.Stage;
import qcc.program.Step;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;
import qcc.tensor.IntTensor;

/** {@code qcc verify}: runs the firmware and compares every layer with the reference interpreter. */
@Command(name = "verify", mixinStandardHelpOptions = true,
        description = "Builds the firmware, runs it and compares every layer with the reference, bit for bit.")
final class VerifyCommand implements Callable<Integer> {
    private static final String SANITIZERS = "-fsanitize=address,undefined -fno-sanitize-recover=all -g";

    @ParentCommand
    private Qcc parent;

    @Mixin
    private ModelOptions model;

    @Option(names = "--samples", paramLabel = "N", defaultValue = "200",
            description = "number of inputs: extremes, calibration samples, random ones (default: ${DEFAULT-VALUE})")
    private int samples;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "for the random inputs (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "600",
            description = "for one run of the emulator (default: ${DEFAULT-VALUE})")
    private int timeLimit;

    @Option(names = "--sanitize", description = "with address and undefined-behaviour sanitizers; for target host")
    private boolean sanitize;

    @Option(names = "--json", description = "print the report as JSON")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "also write the report as JUnit XML")
    private Path junit;

    @Override
    public Integer call() {
        if (samples < 1 || timeLimit < 1) {
            parent.terminal().err().println("qcc: --samples and --time-limit must be at least 1");
            return ExitCode.USAGE;
        }
        Installation installation = Installation.find();
        Target target = new Targets(installation).load(model.target());
        if (sanitize && target.linkerScript().isPresent()) {
            parent.terminal().err().println("qcc: sanitizers need an operating system: use --target host");
            return ExitCode.USAGE;
        }
        requireJunitFolder();
        Compilation compilation = new Compilation(model.model(), (pass, graph) -> { }, model.optimise());
        compilation.use(model.settings());
        VerificationReport report;
        try (Progress progress = new Progress(parent.terminal(), "compiling " + model.model())) {
            Project project = Project.of(compilation, target, installation);
            List<List<IntTensor>> inputs = Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(),
                    samples, seed);
            progress.now("verifying " + inputs.size() + " inputs on " + project.emulator().describe());
            report = new Verification(project, Duration.ofSeconds(timeLimit), sanitize ? SANITIZERS : "").run(inputs);
        }
        parent.terminal().report(compilation.warnings());
        parent.terminal().print(json ? VerificationFormats.json(report) : table(report));
        writeJunit(report);
        report.mismatch().ifPresent(mismatch -> parent.terminal().report(List.of(diagnostic(mismatch))));
        return report.bitExact() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private static Diagnostic diagnostic(Mismatch mismatch) {
        return Diagnostic.of(Code.E706, mismatch.step().node().span(), mismatch.describe());
    }

    /** Known to be missing before the work begins, not after it. */
    private void requireJunitFolder() {
        if (junit != null && !Files.isDirectory(junit.toAbsolutePath().getParent())) {
            throw new CompilationFailed(Diagnostic.of(Code.E801, Span.wholeFile(junit.toString()),
                    "the report cannot be written: the folder it lies in does not exist").help("make the folder first"));
        }
    }

    private void writeJunit(VerificationReport report) {
        if (junit == null) {
            return;
        }
        try {
            Files.writeString(junit, VerificationFormats.junit(report), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CompilationFailed(Diagnostic.of(Code.E801, Span.wholeFile(junit.toString()),
                    "the report cannot be written: " + ProjectWriter.reason(e)));
        }
    }

    private static String table(VerificationReport report) {
        StringBuilder out = new StringBuilder();
        for (Step step : report.project().program().steps()) {
            int differing = report.differing().get(step.index());
            out.append(String.format(Locale.ROOT, "%3d  %-24s %-22s %-14s %s%n", step.index(), step.name(),
                    step.kernel().name(), step.output().value().shape(), differing == 0 ? "equal"
                            : differing + " of " + report.samples() + " inputs differ"));
        }
        out.append(String.format(Locale.ROOT, "%n%s on %s: %d layers, %d inputs: %s  (built in %.1f s, ran in %.1f s)%n",
                report.project().program().name(), report.project().emulator().describe(),
                report.project().program().steps().size(), report.samples(),
                report.bitExact() ? "bit-exact" : "NOT EQUAL", report.buildSeconds(), report.runSeconds()));
        return out.toString();
    }
}
