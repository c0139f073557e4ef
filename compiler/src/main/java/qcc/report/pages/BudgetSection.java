package qcc.report.pages;

import java.util.ArrayList;
import java.util.List;
import qcc.budget.BudgetCheck;
import qcc.report.Block;
import qcc.report.Cell;
import qcc.report.Note;
import qcc.report.Numbers;
import qcc.report.Section;
import qcc.report.Table;
import qcc.report.Table.Column;
import qcc.report.Tone;

/** What came of a budget. */
final class BudgetSection {
    private BudgetSection() {
    }

    static Section of(BudgetCheck check) {
        List<Block> blocks = new ArrayList<>();
        check.compiler().ifPresent(other -> blocks.add(new Note(Tone.WARN,
                "The budget was measured with another compiler: " + other)));
        Table table = new Table(List.of(Column.text(""), Column.number("Allowed"), Column.number("Actual"),
                Column.number("Change"), Column.text("")));
        for (BudgetCheck.Line line : check.lines()) {
            table.row(List.of(Cell.of(line.metric().unit()), Cell.of(line.allowed()),
                    Cell.of(line.actual().map(Numbers::count).orElse("not measured")), change(line.change()),
                    line.exceeded() ? Cell.of(Tone.BAD, "exceeded") : Cell.of(Tone.GOOD, "kept")));
            line.causes().forEach(cause -> table.row(List.of(Cell.of(Tone.QUIET, "· " + cause.name()),
                    Cell.of(cause.before()), Cell.of(cause.after()), change(cause.change()), Cell.of(""))));
        }
        blocks.add(table);
        return new Section("Budget", "What " + check.shown() + " allows. Below a total stand the parts that changed; "
                + "they add up to its change.", blocks);
    }

    private static Cell change(long difference) {
        return difference == 0 ? Cell.of("") : Cell.of(difference > 0 ? Tone.BAD : Tone.GOOD,
                Numbers.change(difference));
    }
}
