package qcc.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns diagnostics into text for a terminal: the message, the line, a caret below the place, why, and what to do. */
public final class DiagnosticRenderer {
    private final boolean colours;

    private DiagnosticRenderer(boolean colours) {
        this.colours = colours;
    }

    /** Plain text. */
    public static DiagnosticRenderer plain() {
        return new DiagnosticRenderer(false);
    }

    /** The same text with ANSI colours. */
    public static DiagnosticRenderer coloured() {
        return new DiagnosticRenderer(true);
    }

    /**
     * All diagnostics, separated by empty lines, and a line that counts them. Of more than
     * {@link Diagnostics#MAX_ERRORS}, only the first ones are shown. Nothing for an empty list.
     */
    public String render(List<Diagnostic> diagnostics) {
        if (diagnostics.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        diagnostics.stream().limit(Diagnostics.MAX_ERRORS).forEach(d -> out.append(render(d)).append('\n'));
        List<String> counts = new ArrayList<>();
        count(counts, diagnostics, Severity.ERROR);
        count(counts, diagnostics, Severity.WARNING);
        out.append(String.join(", ", counts));
        int hidden = diagnostics.size() - Diagnostics.MAX_ERRORS;
        return out.append(hidden > 0 ? ", of which " + hidden + " are not shown" : "").append('\n').toString();
    }

    /** One diagnostic; several lines, each ending in a line break. */
    public String render(Diagnostic diagnostic) {
        Style loud = diagnostic.severity() == Severity.ERROR ? Style.RED : Style.YELLOW;
        Span span = diagnostic.span();
        StringBuilder out = new StringBuilder();
        out.append(paint(loud, diagnostic.severity() + "[" + diagnostic.code() + "]"))
                .append(paint(Style.BOLD, ": " + Excerpt.printable(diagnostic.message()))).append('\n');
        String number = span.isWholeFile() ? "" : Integer.toString(span.line());
        String gutter = " ".repeat(number.length());
        out.append(gutter).append(paint(Style.BLUE, " --> ")).append(Excerpt.printable(span.toString())).append('\n');
        if (!span.isWholeFile()) {
            Excerpt excerpt = Excerpt.of(span);
            String bar = paint(Style.BLUE, gutter + "  |");
            out.append(bar).append('\n');
            out.append(paint(Style.BLUE, " " + number + " |")).append((" " + excerpt.line()).stripTrailing())
                    .append('\n');
            out.append(bar).append(' ').append(" ".repeat(excerpt.column()))
                    .append(paint(loud, "^".repeat(excerpt.width()))).append('\n');
        }
        diagnostic.reason().ifPresent(text -> note(out, gutter, "why", text));
        diagnostic.help().ifPresent(text -> note(out, gutter, "help", text));
        return out.toString();
    }

    /** A note's further lines stand below the first one. */
    private void note(StringBuilder out, String gutter, String kind, String text) {
        String indent = "\n" + gutter + " ".repeat(kind.length() + 6);
        String body = text.lines().map(Excerpt::printable).collect(Collectors.joining(indent));
        out.append(gutter).append(paint(Style.BLUE, "  = ")).append(paint(Style.BOLD, kind)).append(": ")
                .append(body).append('\n');
    }

    private static void count(List<String> counts, List<Diagnostic> diagnostics, Severity severity) {
        long n = diagnostics.stream().filter(d -> d.severity() == severity).count();
        if (n > 0) {
            counts.add(String.format(Locale.ROOT, "%d %s%s", n, severity, n == 1 ? "" : "s"));
        }
    }

    private String paint(Style style, String text) {
        return colours ? "\u001B[" + style.code + "m" + text + "\u001B[0m" : text;
    }

    private enum Style {
        BOLD("1"), RED("1;31"), YELLOW("1;33"), BLUE("1;34");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }
}
