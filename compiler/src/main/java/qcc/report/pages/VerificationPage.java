package qcc.report.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.driver.EmulatorComparison;
import qcc.driver.InputMix;
import qcc.driver.VerificationReport;
import qcc.driver.VerificationSummary;
import qcc.program.Program;
import qcc.report.Block;
import qcc.report.Cell;
import qcc.report.Facts;
import qcc.report.Note;
import qcc.report.Numbers;
import qcc.report.Page;
import qcc.report.Section;
import qcc.report.Table;
import qcc.report.Table.Column;
import qcc.report.Tone;

/** The page of {@code qcc verify}: a run in one emulator, or in several. */
public final class VerificationPage {
    private final VerificationSummary summary;
    private final VerificationReport report;
    private final Program program;
    private final String where;

    /**
     * @param where what a heading says in addition
     */
    private VerificationPage(VerificationSummary summary, String where) {
        this.summary = summary;
        this.report = summary.report();
        this.program = report.project().program();
        this.where = where;
    }

    /** A page of the same firmware in one or more emulators. */
    public static Page of(List<VerificationSummary> summaries) {
        List<VerificationPage> runs = summaries.stream().map(summary -> new VerificationPage(summary,
                summaries.size() > 1 ? " in " + summary.report().project().emulator().name() : "")).toList();
        List<Section> sections = new ArrayList<>();
        EmulatorComparison.same(summaries).ifPresent(same -> sections.add(Section.of("Emulators compared", "",
                new Note(same ? Tone.GOOD : Tone.WARN, EmulatorComparison.text(summaries).strip()))));
        runs.forEach(run -> sections.addAll(run.sections()));
        VerificationPage first = runs.get(0);
        Page.Verdict verdict = runs.stream().map(VerificationPage::verdict).filter(v -> v.tone() == Tone.BAD).findFirst()
                .orElseGet(first::verdict);
        return new Page(first.program.name() + " on " + first.report.environment().target(),
                "qcc verify: every layer against the reference interpreter", verdict, sections);
    }

    private Page.Verdict verdict() {
        if (!report.bitExact()) {
            return new Page.Verdict(Tone.BAD, "differs from the reference" + where);
        }
        return summary.budget().filter(check -> !check.kept()).isPresent()
                ? new Page.Verdict(Tone.BAD, "bit-exact, but exceeds its budget" + where)
                : new Page.Verdict(Tone.GOOD, "bit-exact");
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        report.mismatch().ifPresent(mismatch -> sections.add(Section.of("First difference" + where, "",
                new Note(Tone.BAD, mismatch.describe()))));
        sections.add(Section.of("What ran where" + where, "", CostFacts.of(report.environment()), inputs()));
        sections.add(Section.of("What it needs" + where, "Measured on the firmware as it would be flashed, without test "
                + "code.", CostFacts.of(program, report.project().target(), summary.cost())));
        summary.budget().ifPresent(check -> sections.add(BudgetSection.of(check)));
        sections.add(Section.of("Layers" + where, "A layer is right when all bytes of its result are those of the "
                + "reference, for every input.", layers()));
        return sections;
    }

    private Block inputs() {
        InputMix mix = summary.inputs();
        return new Facts().add("Inputs", Numbers.count(report.samples()))
                .add("Extremes", Numbers.count(mix.extremes()), "smallest, largest, checkerboard, zero")
                .add("Real samples", Numbers.count(mix.samples()), "from the calibration data")
                .add("Random bytes", Numbers.count(mix.random()), "seed " + mix.seed());
    }

    private Table layers() {
        List<VerificationSummary.Layer> layers = summary.layers();
        long most = layers.stream().flatMap(layer -> layer.instructions().stream()).max(Long::compare).orElse(0L);
        Table table = new Table(List.of(Column.number("#"), Column.text("Layer"), Column.text("Kernel"),
                Column.text("Result"), Column.number("Constants, bytes"), Column.number(CostFacts.heading(summary.cost())),
                Column.bar(""), Column.text("Reference")));
        for (VerificationSummary.Layer layer : layers) {
            table.row(List.of(Cell.of(layer.step().index()),
                    LayerCells.name(layer.step()),
                    Cell.of(layer.step().kernel().name()),
                    Cell.of(layer.step().output().value().shape().toString()),
                    Cell.of(layer.flashBytes()),
                    Cell.of(layer.instructions().map(Numbers::count).orElse("–")),
                    Cell.bar(most == 0 ? 0 : (double) layer.instructions().orElse(0L) / most, Optional.empty()),
                    verdict(layer)));
        }
        return table;
    }

    private Cell verdict(VerificationSummary.Layer layer) {
        return layer.differing() == 0 ? Cell.of(Tone.GOOD, "equal")
                : Cell.of(Tone.BAD, layer.differing() + " of " + report.samples() + " inputs differ");
    }
}
