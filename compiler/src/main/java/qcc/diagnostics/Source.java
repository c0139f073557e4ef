package qcc.diagnostics;

import java.util.ArrayList;
import java.util.List;

/** A text that positions refer to: usually a model file. Lines and columns count from 1. */
public final class Source {
    private final String name;
    private final String text;
    private final List<Integer> lineStarts = new ArrayList<>();

    public Source(String name, String text) {
        this.name = name;
        this.text = text;
        lineStarts.add(0);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                lineStarts.add(i + 1);
            }
        }
    }

    /** The name shown to the user, as the user wrote it. */
    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** The line that holds the character at {@code offset}. */
    public int lineOf(int offset) {
        int low = 0;
        int high = lineStarts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lineStarts.get(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low + 1;
    }

    /** The column of the character at {@code offset} within its line. */
    public int columnOf(int offset) {
        return offset - lineStarts.get(lineOf(offset) - 1) + 1;
    }

    /** The text of a line, without its line break. */
    public String line(int number) {
        int start = lineStarts.get(number - 1);
        int end = number < lineStarts.size() ? lineStarts.get(number) - 1 : text.length();
        String line = text.substring(start, end);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    @Override
    public String toString() {
        return name;
    }
}
