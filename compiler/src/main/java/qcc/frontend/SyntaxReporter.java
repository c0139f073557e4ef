package qcc.frontend;

import org.antlr.v4.runtime.Token;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;

/** Passes syntax errors on, up to a number that a reader can still use. */
final class SyntaxReporter {
    private final Source source;
    private final Diagnostics diagnostics;
    private int reported;

    SyntaxReporter(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    void report(Span span, String message) {
        report(Diagnostic.of(Code.E101, span, message));
    }

    void report(Span span, String message, String help) {
        report(Diagnostic.of(Code.E101, span, message).help(help));
    }

    void report(Diagnostic diagnostic) {
        if (reported < Diagnostics.MAX_ERRORS) {
            diagnostics.report(diagnostic);
        }
        reported++;
    }

    boolean hasReported() {
        return reported > 0;
    }

    /** The text of one token; the end of the file is an empty span. */
    Span span(Token token) {
        return span(token, token);
    }

    Span span(Token first, Token last) {
        int end = last.getType() == Token.EOF ? last.getStartIndex() : last.getStopIndex() + 1;
        return new Span(source, first.getStartIndex(), Math.max(first.getStartIndex(), end));
    }

    /** The place right behind a token, where something is missing. */
    Span behind(Token token) {
        int end = token.getStopIndex() + 1;
        return new Span(source, end, Math.min(end + 1, source.text().length()));
    }
}
