package qcc.report.pages;

import qcc.diagnostics.Span;
import qcc.program.Step;
import qcc.report.Cell;

/** What tables say about a layer. */
final class LayerCells {
    private LayerCells() {
    }

    /** The name, with the line of the model that it comes from where the model is a text. */
    static Cell name(Step step) {
        Span span = step.node().span();
        return span.isWholeFile() ? Cell.of(step.name()) : Cell.of(step.name()).remark(span.shortPlace());
    }
}
