package qcc.target;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's contract with the memory planner: how much of its inputs is still read once a part of its output has been
 * written. The output is written in ascending order, {@code count} units at a time.
 *
 * @param unit  what is counted
 * @param count units of the output that are written together, at least 1
 * @param mode  when the inputs are read that this part depends on
 */
public record Reads(Unit unit, int count, Mode mode) {
    private static final Pattern LINE = Pattern.compile("(?:all|(\\d{1,4})\\s+(elements|pixels|rows))\\s+(along|ahead|once|channelwise)");

    /** Nothing is known: any input may be read until the whole output is written. */
    public static final Reads UNKNOWN = new Reads(Unit.ALL, 1, Mode.ALONG);

    /** The parts of an output. */
    public enum Unit {
        /** The whole output at once: it may depend on all inputs. */
        ALL,
        /** Single elements; element i depends on element i of every input of the same size. */
        ELEMENTS,
        /** All channels at one place, row by row; they depend on their windows. */
        PIXELS,
        /** Rows of pixels; they depend on the rows under their windows. */
        ROWS
    }

    /** When inputs are read. */
    public enum Mode {
        /** While the part is being written. */
        ALONG,
        /** Before any element of the part is written; what later parts depend on is read again. */
        AHEAD,
        /** Before any element of the part is written, and never again: rows that later parts share are kept aside. */
        ONCE,
        /**
         * As {@link #ONCE}, but for one channel after the other, or a few: the others are read when this one has been
         * written. A channel of the output depends on the same channel of the input.
         */
        CHANNELWISE
    }

    public Reads {
        if (count < 1) {
            throw new IllegalArgumentException("a part has at least one of its units");
        }
        if (unit == Unit.PIXELS && mode == Mode.ONCE) {
            throw new IllegalArgumentException("pixels cannot be read once: the windows of two rows share them");
        }
        if (unit != Unit.ROWS && mode == Mode.CHANNELWISE) {
            throw new IllegalArgumentException("only rows are read channelwise");
        }
    }

    /** True when rows that later parts share are kept aside. */
    public boolean keepsRows() {
        return mode == Mode.ONCE || mode == Mode.CHANNELWISE;
    }

    /** Reads {@code COUNT UNIT MODE} or {@code all MODE}; throws {@link IllegalArgumentException}. */
    static Reads parse(String text) {
        Matcher matcher = LINE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("`" + text + "` is not of the form `2 pixels ahead`");
        }
        Mode mode = Mode.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
        return matcher.group(1) == null ? new Reads(Unit.ALL, 1, mode)
                : new Reads(Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)), Integer.parseInt(matcher.group(1)),
                        mode);
    }
}
