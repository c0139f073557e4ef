package qcc.diagnostics;

/**
 * The line to show for a span, and where in it the span is.
 *
 * @param line   text without tabs and invisible characters, shortened to {@link #MAX_WIDTH} around the span
 * @param column how many characters of the line come before the span
 * @param width  how many characters of the line the span covers, at least 1; of a span over several lines, those in
 *               the first
 */
record Excerpt(String line, int column, int width) {
    static final int MAX_WIDTH = 100;
    private static final int TAB = 4;
    private static final String CUT = "...";

    static Excerpt of(Span span) {
        String line = span.source().line(span.line());
        int start = Math.min(span.column() - 1, line.length());
        int end = Math.min(Math.max(start, start + span.end() - span.start()), line.length());
        String before = widened(line.substring(0, start), 0);
        String marked = widened(line.substring(start, end), length(before));
        String after = widened(line.substring(end), length(before) + length(marked));
        return shortened(before, marked, after);
    }

    /** Text for a terminal: no control characters, nothing that changes the direction of writing. */
    static String printable(String text) {
        return widened(text, 0);
    }

    private static Excerpt shortened(String before, String marked, String after) {
        if (length(before) + length(marked) + length(after) <= MAX_WIDTH) {
            return new Excerpt(before + marked + after, length(before), Math.max(1, length(marked)));
        }
        String left = length(before) <= MAX_WIDTH / 2 ? before : CUT + last(before, MAX_WIDTH / 2 - CUT.length());
        int room = MAX_WIDTH - length(left);
        String right = marked + after;
        right = length(right) <= room ? right : first(right, room - CUT.length()) + CUT;
        return new Excerpt(left + right, length(left), Math.max(1, Math.min(length(marked), room)));
    }

    private static String widened(String text, int column) {
        StringBuilder out = new StringBuilder();
        int width = column;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c == '\t') {
                int spaces = TAB - width % TAB;
                out.append(" ".repeat(spaces));
                width += spaces;
            } else {
                out.appendCodePoint(isVisible(c) ? c : 0xFFFD);
                width++;
            }
        }
        return out.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String first(String text, int count) {
        return text.substring(0, text.offsetByCodePoints(0, count));
    }

    private static String last(String text, int count) {
        return text.substring(text.offsetByCodePoints(text.length(), -count));
    }
}
