package qcc.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.driver.AccuracyEvaluation;
import qcc.driver.AccuracyReport;
import qcc.driver.BitsComparison;
import qcc.driver.Compilation;
import qcc.driver.Distributions;
import qcc.driver.Labels;
import qcc.driver.MethodComparison;
import qcc.ir.Stage;
import qcc.quant.SampleReader;
import qcc.quant.Samples;
import qcc.report.Html;
import qcc.report.pages.AccuracyPage;
import qcc.target.Installation;

/** {@code qcc eval}: accuracy of the float, the simulated and the integer network. */
@Command(name = "eval", mixinStandardHelpOptions = true,
        description = "Compares the accuracy of the float, the simulated and the integer network.")
final class EvalCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Parameters(paramLabel = "MODEL", description = "the model: a .qdsl, .tflite or .onnx file")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "FILE",
            description = "a NumPy file: an array for each input, and `label` with the right classes")
    private Path data;

    @Option(names = "--labels", paramLabel = "FILE",
            description = "a NumPy file with the right classes, where the data has none: one array, or `label`")
    private Path labelFile;

    @Option(names = "--json", description = "print the report as JSON")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "also write the report as a page of HTML")
    private Path html;

    @Option(names = "--methods", description = "quantise in many ways, and print what each contributes")
    private boolean methods;

    @Mixin
    private SettingsOptions settings;

    @Override
    public Integer call() {
        ReportFile.requireFolders(html);
        // Without clean-up every layer of the float network has its twin; the results are the same.
        Compilation compilation = new Compilation(model, (pass, graph) -> { }, false);
        compilation.use(settings.settings());
        try (Progress progress = new Progress(parent.terminal(), "compiling " + model)) {
            compilation.reportActivity(progress::now);
            Samples samples = SampleReader.read(compilation.model().graph(), data, data.toString(),
                    Span.wholeFile(data.toString()));
            List<Integer> labels = labelFile == null ? Labels.read(data, samples.size())
                    : Labels.readOwn(labelFile, samples.size());
            progress.now("running " + samples.size() + " samples");
            if (compilation.model().graph().stage() == Stage.INTEGER) {
                evaluateQuantized(compilation, samples, labels, progress);
            } else if (methods) {
                Map<String, AccuracyReport> reports = MethodComparison.run(compilation, samples, labels, progress::now);
                progress.done();
                parent.terminal().print(json ? MethodFormats.json(reports) : MethodFormats.table(reports));
            } else {
                AccuracyReport report = new AccuracyEvaluation(compilation).run(samples, labels);
                writePage(compilation, report, samples, labels, progress::now);
                progress.done();
                if (json) {
                    parent.terminal().print(AccuracyFormats.json(report));
                } else {
                    print(report);
                }
            }
        }
        parent.terminal().report(compilation.warnings());
        return ExitCode.OK;
    }

    private void writePage(Compilation compilation, AccuracyReport report, Samples samples, List<Integer> labels,
            Consumer<String> progress) {
        if (html != null) {
            ReportFile.write(html, new Html(Installation.find().templates()).write(AccuracyPage.of(
                    compilation.graph(Stage.TYPED), report,
                    BitsComparison.run(compilation, samples, labels, progress), Distributions.activations(compilation, samples),
                    Distributions.weights(compilation))));
        }
    }

    /** A model that came quantised has no float network to be compared with, so labels are needed. */
    private void evaluateQuantized(Compilation compilation, Samples samples, List<Integer> labels,
            Progress progress) {
        if (html != null) {
            progress.done();
            parent.terminal().err().println("qcc: there is no page for a model that came quantised: it has no float "
                    + "network to be compared with");
        }
        if (labels.isEmpty()) {
            throw new CompilationFailed(Diagnostic.of(Code.E403, Span.wholeFile(data.toString()),
                    "there is no array `label`")
                    .because("the model is quantised already: without labels there is nothing to compare it with")
                    .help("add the array, or name a file that holds one: --labels classes.npy"));
        }
        int correct = AccuracyEvaluation.correct(compilation.graph(Stage.INTEGER), samples, labels);
        progress.done();
        parent.terminal().print(json ? AccuracyFormats.json(samples.size(), correct)
                : String.format(Locale.ROOT, "accuracy on %d samples%n  %-10s %6.2f %%  (%d)%n", samples.size(),
                        "integer", 100.0 * correct / samples.size(), correct));
    }

    private void print(AccuracyReport report) {
        PrintWriter out = parent.terminal().out();
        out.println(report.labelled() ? "accuracy on " + report.samples() + " samples"
                : "no labels; agreement with the float network on " + report.samples() + " samples");
        line(report, "float", report.real());
        line(report, "simulated", report.simulated());
        line(report, "integer", report.integer());
        out.printf(Locale.ROOT, "the integer network answers as the float one on %.2f %%%n",
                report.percent(report.agreement()));
        out.printf("%n%-28s %12s %10s %12s %10s%n", "layer, against float", "SQNR, dB", "cosine", "simulated",
                "cosine");
        for (AccuracyReport.Layer layer : report.layers()) {
            out.printf(Locale.ROOT, "%-28s %12.2f %10.6f %12.2f %10.6f%n", layer.name(), layer.integer().sqnr(),
                    layer.integer().cosine(), layer.simulated().sqnr(), layer.simulated().cosine());
        }
    }

    private void line(AccuracyReport report, String name, int count) {
        parent.terminal().out().printf(Locale.ROOT, "  %-10s %6.2f %%  (%d)%n", name, report.percent(count), count);
    }
}
