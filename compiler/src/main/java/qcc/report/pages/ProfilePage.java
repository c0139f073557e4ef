package qcc.report.pages;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.driver.Cost;
import qcc.driver.ProfileReport;
import qcc.program.Program;
import qcc.report.Cell;
import qcc.report.Numbers;
import qcc.report.Page;
import qcc.report.Section;
import qcc.report.Table;
import qcc.report.Table.Column;
import qcc.report.Tone;

/** The page of {@code qcc profile}. */
public final class ProfilePage {
    /** The name of the whole run in an earlier profile. */
    private static final String WHOLE = "";

    private final ProfileReport report;
    private final Program program;
    private final Map<String, Long> before;

    private ProfilePage(ProfileReport report, Map<String, Long> before) {
        this.report = report;
        this.program = report.project().program();
        this.before = before;
    }

    /**
     * @param before instructions of each layer in an earlier profile, and of the whole run under the empty name; empty
     *               where there is none
     */
    public static Page of(ProfileReport report, Map<String, Long> before) {
        return new ProfilePage(report, before).page();
    }

    private Page page() {
        return new Page(program.name() + " on " + report.environment().target(),
                "qcc profile: exact counts of one run", verdict(), List.of(
                        Section.of("What it needs", "", CostFacts.of(program, report.project().target(),
                                cost()),
                                CostFacts.of(report.environment())),
                        Section.of("Layers", "For every layer the bytes of code that only it needs, of the "
                                + "constants that it reads, and of the arena that are in use; and its "
                                + report.counterUnit() + ", beside those that the target's costs let expect."
                                + (before.isEmpty() ? ""
                                : " The marks show the earlier profile."), layers()),
                        MemorySection.of(program), MemorySection.choice(program), symbols()));
    }

    private Cost cost() {
        return new Cost(Optional.of(report), report.footprint());
    }

    private Page.Verdict verdict() {
        long change = before.containsKey(WHOLE) ? report.instructions() - before.get(WHOLE) : 0;
        return new Page.Verdict(change > 0 ? Tone.WARN : change < 0 ? Tone.GOOD : Tone.PLAIN,
                Numbers.count(report.instructions()) + " " + report.counterUnit()
                        + (change == 0 ? "" : " (" + Numbers.change(change) + ")"));
    }

    private Table layers() {
        long most = Math.max(1, report.layers().stream().mapToLong(layer ->
                Math.max(layer.instructions(), before.getOrDefault(layer.step().name(), 0L))).max().orElse(1));
        Table table = new Table(List.of(Column.number("#"), Column.text("Layer"), Column.text("Kernel"),
                Column.number(CostFacts.heading(cost())), Column.number("Expected"),
                Column.number(before.isEmpty() ? "" : "Change"), Column.bar(""),
                Column.number("MACs"), Column.number("Per MAC"), Column.number("Code"), Column.number("Constants"),
                Column.number("Arena")));
        for (ProfileReport.Layer layer : report.layers()) {
            Optional<Long> earlier = Optional.ofNullable(before.get(layer.step().name()));
            table.row(List.of(Cell.of(layer.step().index()), LayerCells.name(layer.step()),
                    Cell.of(layer.step().kernel().name()), Cell.of(layer.instructions()),
                    report.estimate(layer).isEmpty() ? Cell.of("–") : Cell.of(report.estimate(layer).getAsLong()),
                    change(earlier, layer.instructions()),
                    Cell.bar((double) layer.instructions() / most, earlier.map(then -> (double) then / most)),
                    Cell.of(layer.step().operation().macs()),
                    Cell.of(layer.perMac().map(Numbers::decimal).orElse("–")),
                    Cell.of(report.codeBytes(layer).map(Numbers::count).orElse("–")),
                    Cell.of(program.constantBytes(layer.step())), Cell.of(report.arenaBytes(layer))));
        }
        long code = report.footprint().stream().flatMap(f -> f.layerCode().values().stream())
                .mapToLong(Long::longValue).sum();
        return table.total(List.of(Cell.of(""), Cell.of("whole run"), Cell.of(""), Cell.of(report.instructions()),
                Cell.of(""), change(Optional.ofNullable(before.get(WHOLE)), report.instructions()), Cell.of(""),
                Cell.of(program.macs()), Cell.of(program.macs() == 0 ? "–"
                        : Numbers.decimal((double) report.instructions() / program.macs())),
                Cell.of(code == 0 ? "–" : Numbers.count(code)), Cell.of(program.constantBytes()),
                Cell.of(program.arenaBytes())));
    }

    private static Cell change(Optional<Long> then, long now) {
        long difference = now - then.orElse(now);
        return difference == 0 ? Cell.of("") : Cell.of(difference > 0 ? Tone.BAD : Tone.GOOD,
                Numbers.change(difference));
    }

    private Section symbols() {
        Map<String, Long> sizes = report.footprint().map(f -> f.symbols()).orElse(Map.of());
        long most = sizes.values().stream().max(Long::compare).orElse(1L);
        Table table = new Table(List.of(Column.text("Symbol"), Column.number("Bytes"), Column.bar("")));
        sizes.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(symbol -> table.row(List.of(Cell.of(symbol.getKey()), Cell.of(symbol.getValue()),
                        Cell.bar((double) symbol.getValue() / most, Optional.empty()))));
        return Section.of("Flash", "Functions and constants of the linked firmware, the largest first. The code of layers "
                + "that were inlined is part of the run function's; the table of layers tells them apart.", table);
    }
}
