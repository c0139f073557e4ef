package qcc.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import qcc.budget.Budget;
import qcc.budget.BudgetCheck;
import qcc.budget.BudgetFile;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.driver.Compilation;
import qcc.driver.Cost;
import qcc.driver.EmulatorComparison;
import qcc.driver.InputMix;
import qcc.driver.Inputs;
import qcc.driver.Mismatch;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.driver.VerificationSummary;
import qcc.ir.Stage;
import qcc.report.Html;
import qcc.report.pages.VerificationPage;
import qcc.target.Installation;
import qcc.target.Target;
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

    @Mixin
    private EmulatorOption emulator;

    @Option(names = "--sanitize", description = "with address and undefined-behaviour sanitizers; for target host")
    private boolean sanitize;

    @Option(names = "--json", description = "print the report as JSON")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "also write the report as JUnit XML")
    private Path junit;

    @Option(names = "--budget", paramLabel = "FILE",
            description = "fail where the firmware costs more than this file allows; see `qcc budget --help`")
    private Path budget;

    @Option(names = "--html", paramLabel = "FILE", description = "also write the report as a page of HTML")
    private Path html;

    @Override
    public Integer call() {
        if (samples < 1 || timeLimit < 1) {
            parent.terminal().err().println("qcc: --samples and --time-limit must be at least 1");
            return ExitCode.USAGE;
        }
        Installation installation = Installation.find();
        Target target = model.target(installation);
        if (sanitize && target.linkerScript().isPresent()) {
            parent.terminal().err().println("qcc: sanitizers need an operating system: use --target host");
            return ExitCode.USAGE;
        }
        ReportFile.requireFolders(junit, html);
        Optional<BudgetFile> allowed = Optional.ofNullable(budget).map(BudgetFile::read);
        Compilation compilation = model.compilation();
        List<VerificationSummary> summaries = new ArrayList<>();
        String leftOut;
        try (Progress progress = new Progress(parent.terminal(), "compiling " + model.model())) {
            Project first = Project.of(compilation, target, installation);
            leftOut = emulator.leftOut(first);
            for (Project project : emulator.choose(first)) {
                summaries.add(verify(project, compilation, allowed, progress));
            }
        }
        parent.terminal().note(leftOut);
        parent.terminal().report(compilation.warnings());
        write(summaries, installation);
        int code = ExitCode.OK;
        for (VerificationSummary summary : summaries) {
            List<Diagnostic> problems = problems(summary);
            parent.terminal().report(problems);
            code = Math.max(code, problems.isEmpty() ? ExitCode.OK : ExitCode.of(problems));
        }
        return code;
    }

    /** In every form that was asked for; all emulators in one report where all were asked for. */
    private void write(List<VerificationSummary> summaries, Installation installation) {
        boolean all = emulator.asksForAll();
        if (json) {
            parent.terminal().print(all ? VerificationFormats.json(summaries)
                    : VerificationFormats.json(summaries.get(0)));
        } else {
            summaries.forEach(summary -> parent.terminal().print(table(summary)));
            parent.terminal().print(EmulatorComparison.text(summaries));
        }
        if (junit != null) {
            ReportFile.write(junit, all ? VerificationFormats.junit(summaries)
                    : VerificationFormats.junit(summaries.get(0)));
        }
        if (html != null) {
            ReportFile.write(html, new Html(installation.templates()).write(VerificationPage.of(summaries)));
        }
    }

    /** Wrong results come before high costs. */
    private static List<Diagnostic> problems(VerificationSummary summary) {
        List<Diagnostic> problems = new ArrayList<>();
        summary.report().mismatch().map(mismatch -> diagnostic(mismatch, summary.report().project()))
                .ifPresent(problems::add);
        summary.budget().filter(check -> !check.kept()).map(BudgetTable::diagnostic).ifPresent(problems::add);
        return problems;
    }

    private VerificationSummary verify(Project project, Compilation compilation, Optional<BudgetFile> allowed,
            Progress progress) {
        String name = project.program().name();
        Optional<Budget> limits = allowed.map(file -> file.budget(name, project.target().name()));
        List<List<IntTensor>> inputs = Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(), samples,
                seed);
        Duration limit = Duration.ofSeconds(timeLimit);
        progress.now("verifying " + inputs.size() + " inputs on " + project.emulator().describe());
        VerificationReport report = new Verification(project, limit, sanitize ? SANITIZERS : "").run(inputs);
        progress.now("measuring on " + project.emulator().describe());
        Cost cost = Cost.measure(project, limit);
        return new VerificationSummary(report, InputMix.of(compilation.samples(), samples, seed), cost,
                limits.map(limited -> BudgetCheck.of(budget.toString(), limited, cost.asBudget())));
    }

    private static Diagnostic diagnostic(Mismatch mismatch, Project project) {
        Diagnostic diagnostic = Diagnostic.of(Code.E706, mismatch.step().node().span(), mismatch.describe());
        return project.emulator().knownDefect().map(diagnostic::help).orElse(diagnostic);
    }

    private static String table(VerificationSummary summary) {
        StringBuilder out = new StringBuilder();
        VerificationReport report = summary.report();
        for (VerificationSummary.Layer layer : summary.layers()) {
            out.append(String.format(Locale.ROOT, "%3d  %-24s %-22s %-14s %12s  %s%n", layer.step().index(),
                    layer.step().name(), layer.step().kernel().name(), layer.step().output().value().shape(),
                    layer.instructions().map(count -> String.format(Locale.ROOT, "%,d", count)).orElse(""),
                    layer.differing() == 0 ? "equal"
                            : layer.differing() + " of " + report.samples() + " inputs differ"));
        }
        out.append(System.lineSeparator());
        summary.properties().forEach((name, value) -> out.append(String.format(Locale.ROOT, "%-13s %s%n", name, value)));
        out.append(String.format(Locale.ROOT, "%n%s on %s: %d layers, %d inputs: %s  (built in %.1f s, ran in %.1f s)%n",
                report.project().program().name(), report.environment().target(), summary.layers().size(),
                report.samples(), report.bitExact() ? "bit-exact" : "NOT EQUAL", report.buildSeconds(),
                report.runSeconds()));
        summary.budget().ifPresent(check -> out.append(System.lineSeparator()).append(BudgetTable.text(check)));
        return out.toString();
    }
}
