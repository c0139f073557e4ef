package qcc.diagnostics;

/** A stretch of source text: the characters from {@code start} up to but not including {@code end}. */
public record Span(Source source, int start, int end) {

    /** A place outside any text, for example a whole file that is not text. */
    public static Span wholeFile(String name) {
        return new Span(new Source(name, ""), 0, 0);
    }

    public int line() {
        return source.lineOf(start);
    }

    public int column() {
        return source.columnOf(start);
    }

    /** True when there is no text to show. */
    public boolean isWholeFile() {
        return source.text().isEmpty();
    }

    /** {@code file:line} without the folder: the same wherever the file lies. */
    public String shortPlace() {
        String name = source.name().substring(source.name().lastIndexOf('/') + 1);
        return isWholeFile() ? name : name + ":" + line();
    }

    /** {@code file:line:column}, or the file alone. */
    @Override
    public String toString() {
        return isWholeFile() ? source.name() : source.name() + ":" + line() + ":" + column();
    }
}
