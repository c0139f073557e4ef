package qcc.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import qcc.driver.EmulatorComparison;
import qcc.driver.ProfileReport;
import qcc.driver.Profiler;
import qcc.driver.Project;
import qcc.report.Html;
import qcc.report.pages.ProfilePage;
import qcc.target.Installation;
import qcc.target.Target;

/** {@code qcc profile}: exact instruction counts of every layer. */
@Command(name = "profile", mixinStandardHelpOptions = true,
        description = "Counts the instructions of every layer in an emulator.")
final class ProfileCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Mixin
    private ModelOptions model;

    @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "600",
            description = "for one run of the emulator (default: ${DEFAULT-VALUE})")
    private int timeLimit;

    @Mixin
    private EmulatorOption emulator;

    @Option(names = "--json", description = "print the profile as JSON; with --emulator all, an array of `runs` and whether "
            + "they count the `same_instructions`")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "also write the profile as a page of HTML, of one "
            + "emulator")
    private Path html;

    @Option(names = "--compare", paramLabel = "FILE",
            description = "show what changed since a profile that was saved with --json")
    private Path earlier;

    @Override
    public Integer call() {
        if (timeLimit < 1) {
            parent.terminal().err().println("qcc: --time-limit must be at least 1");
            return ExitCode.USAGE;
        }
        if (emulator.asksForAll() && html != null) {
            parent.terminal().err().println("qcc: a page shows the counts of one emulator: name it, instead of --emulator "
                    + "all, or take --json, which compares them");
            return ExitCode.USAGE;
        }
        ReportFile.requireFolders(html);
        Map<String, Long> before = earlier == null ? Map.of() : readEarlier();
        Compilation compilation = model.compilation();
        List<ProfileReport> reports = new ArrayList<>();
        try (Progress progress = new Progress(parent.terminal(), "compiling " + model.model())) {
            Installation installation = Installation.find();
            Project project = Project.of(compilation, model.target(installation), installation);
            for (Project chosen : emulator.choose(project)) {
                progress.now("profiling on " + chosen.emulator().describe());
                reports.add(new Profiler(chosen, Duration.ofSeconds(timeLimit)).runWithCycles());
            }
        }
        parent.terminal().report(compilation.warnings());
        for (ProfileReport report : reports) {
            if (html != null) {
                ReportFile.write(html, new Html(Installation.find().templates()).write(ProfilePage.of(report, before)));
            }
            if (!json) {
                print(report, before);
            }
        }
        parent.terminal().print(!json ? EmulatorComparison.of(reports)
                : emulator.asksForAll() ? ProfileFormats.json(reports) : ProfileFormats.json(reports.get(0)));
        return ExitCode.OK;
    }

    private Map<String, Long> readEarlier() {
        try {
            return ProfileFormats.instructions(Files.readString(earlier));
        } catch (IOException e) {
            throw new CompilationFailed(Diagnostic.of(Code.E401, Span.wholeFile(earlier.toString()),
                    Files.exists(earlier) ? "this is not a profile that `qcc profile --json` has written"
                            : "the file does not exist"));
        }
    }

    private void print(ProfileReport report, Map<String, Long> before) {
        PrintWriter out = parent.terminal().out();
        String unit = report.project().counter().map(Target.Counter::unit).orElseThrow();
        out.printf(Locale.ROOT, "%3s  %-24s %-22s %12s %12s %s%12s %8s %8s %8s%n", "#", "layer", "kernel", unit,
                "expected",
                report.cycles().map(cycles -> String.format(Locale.ROOT, "%12s ", "est. cycles")).orElse(""), "MACs", "per MAC", "code", "consts");
        for (ProfileReport.Layer layer : report.layers()) {
            out.printf(Locale.ROOT, "%3d  %-24s %-22s %,12d %12s %s%,12d %8s %8s %,8d%s%n", layer.step().index(),
                    layer.step().name(), layer.step().kernel().name(), layer.instructions(), expected(report, layer),
                    report.cycles().map(cycles -> String.format(Locale.ROOT, "%,12d ",
                            cycles.layers().get(layer.step().index()))).orElse(""),
                    layer.step().operation().macs(),
                    layer.perMac().map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).orElse("-"),
                    report.codeBytes(layer).map(bytes -> String.format(Locale.ROOT, "%,d", bytes)).orElse("-"),
                    report.project().program().constantBytes(layer.step()),
                    change(before, layer.step().name(), layer.instructions()));
        }
        out.printf(Locale.ROOT, "%n%s for %s: %,d %s%s, %,d bytes of stack used%n",
                report.project().program().name(), report.project().target().name(), report.instructions(), unit,
                change(before, "", report.instructions()), report.stackBytes());
        report.cycles().ifPresent(cycles -> out.printf(Locale.ROOT,
                "about %,d cycles, estimated by the target's model of its core; memory does not wait in it%n",
                cycles.whole()));
        out.flush();
        report.footprint().ifPresent(f -> parent.terminal().print(String.format(Locale.ROOT,
                "%,d bytes of flash and %,d of RAM in all (%s); counted on %s%n", f.flashBytes(), f.ramBytes(),
                f.compiler(), report.project().emulator().describe())));
    }

    /** What the target's list of costs lets expect. */
    private static String expected(ProfileReport report, ProfileReport.Layer layer) {
        return report.estimate(layer).isEmpty() ? "-"
                : String.format(Locale.ROOT, "%,d", report.estimate(layer).getAsLong());
    }

    /** The change since an earlier profile; the empty name stands for the whole run. */
    private static String change(Map<String, Long> before, String layer, long now) {
        Long then = before.get(layer);
        if (then == null || then == now) {
            return "";
        }
        return String.format(Locale.ROOT, "  (%+,d, %+.1f %%)", now - then, 100.0 * (now - then) / then);
    }
}
