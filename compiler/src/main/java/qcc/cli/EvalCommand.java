package qcc.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import qcc.diagnostics.Span;
import qcc.driver.AccuracyReport;
import qcc.driver.Compilation;
import qcc.driver.Labels;
import qcc.quant.SampleReader;
import qcc.quant.Samples;

/** {@code qcc eval}: accuracy of the float, the simulated and the integer network. */
@Command(name = "eval", mixinStandardHelpOptions = true,
        description = "Compares the accuracy of the float, the simulated and the integer network.")
final class EvalCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Parameters(paramLabel = "MODEL", description = "the model: a .qdsl or .tflite file")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "FILE",
            description = "a NumPy file: an array for each input, and `label` with the right classes")
    private Path data;

    @Mixin
    private SettingsOptions settings;

    @Override
    public Integer call() {
        Compilation compilation = new Compilation(model);
        compilation.use(settings.settings());
        try (Progress progress = new Progress(parent.terminal(), "compiling " + model)) {
            Samples samples = SampleReader.read(compilation.model().graph(), data, data.toString(),
                    Span.wholeFile(data.toString()));
            List<Integer> labels = Labels.read(data, samples.size());
            progress.now("running " + samples.size() + " samples");
            AccuracyReport report = AccuracyReport.of(compilation, samples, labels);
            progress.done();
            print(report);
        }
        parent.terminal().report(compilation.warnings());
        return ExitCode.OK;
    }

    private void print(AccuracyReport report) {
        parent.terminal().print(report.labelled() ? "accuracy on " + report.samples() + " samples\n"
                : "no labels; agreement with the float network on " + report.samples() + " samples\n");
        line(report, "float", report.real());
        line(report, "simulated", report.simulated());
        line(report, "integer", report.integer());
        parent.terminal().print(String.format(Locale.ROOT, "the integer network answers as the float one on %.2f %%%n",
                report.percent(report.agreement())));
    }

    private void line(AccuracyReport report, String name, int count) {
        parent.terminal().print(String.format(Locale.ROOT, "  %-10s %6.2f %%  (%d)%n", name, report.percent(count),
                count));
    }
}
