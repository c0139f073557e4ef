package qcc.numpy;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads the header of a {@code .npy} file: a Python dictionary with the keys {@code descr}, {@code fortran_order} and
 * {@code shape}, in any order, each exactly once.
 */
final class NpyHeaderParser {
    private static final char END = '\0';

    private final String array;
    private final String text;
    private int at;

    private ElementType type;
    private ByteOrder order;
    private Boolean fortranOrder;
    private List<Integer> shape;

    private NpyHeaderParser(String array, String text) {
        this.array = array;
        this.text = text;
    }

    /**
     * Parses a header.
     *
     * @param array what the array is called in messages
     * @throws NumpyException if it is malformed or the type of the elements is not supported
     */
    static NpyHeader parse(String array, String text) {
        NpyHeaderParser parser = new NpyHeaderParser(array, text);
        parser.dictionary();
        return new NpyHeader(parser.type, parser.order, parser.fortranOrder, parser.shape);
    }

    private void dictionary() {
        expect('{');
        while (next() != '}') {
            entry();
            if (next() != '}') {
                expect(',');
            }
        }
        expect('}');
        if (next() != END) {
            throw notUnderstood();
        }
        if (type == null || fortranOrder == null || shape == null) {
            throw NumpyException.malformed(array + ": the header lacks `descr`, `fortran_order` or `shape`");
        }
    }

    private void entry() {
        String key = string();
        expect(':');
        boolean isNew = switch (key) {
            case "descr" -> type == null;
            case "fortran_order" -> fortranOrder == null;
            case "shape" -> shape == null;
            default -> false;
        };
        if (!isNew) {
            throw notUnderstood();
        }
        switch (key) {
            case "descr" -> elementType();
            case "fortran_order" -> fortranOrder = bool();
            default -> shape = tuple();
        }
    }

    private void elementType() {
        if (next() == '[') {
            throw NumpyException.wrongType(array + " is a structured array; qcc reads plain numbers only");
        }
        String descr = string();
        if (descr.length() >= 2 && descr.charAt(1) == 'O') {
            throw NumpyException.wrongType(array + " holds Python objects; qcc reads plain numbers only");
        }
        type = descr.isEmpty() ? null : ElementType.named(descr.substring(1)).orElse(null);
        order = type == null ? null : byteOrder(descr.charAt(0));
        if (order == null) {
            String supported = Arrays.stream(ElementType.values()).map(ElementType::numpyName)
                    .collect(Collectors.joining(", "));
            throw NumpyException.wrongType(array + " has elements of type `" + descr + "`; qcc reads " + supported);
        }
    }

    private ByteOrder byteOrder(char prefix) {
        return switch (prefix) {
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            case '|' -> type.bytes() == 1 ? ByteOrder.LITTLE_ENDIAN : null;
            default -> null;
        };
    }

    private boolean bool() {
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (next() == word.charAt(0) && text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw notUnderstood();
    }

    private List<Integer> tuple() {
        List<Integer> lengths = new ArrayList<>();
        expect('(');
        while (next() != ')') {
            lengths.add(length());
            if (lengths.size() > NpyHeader.MAX_RANK) {
                throw NumpyException.malformed(array + " has more than " + NpyHeader.MAX_RANK + " axes");
            }
            if (next() != ')') {
                expect(',');
            }
        }
        expect(')');
        return lengths;
    }

    private int length() {
        next();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.isEmpty()) {
            throw notUnderstood();
        }
        // Python 2 wrote long integers with an L.
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw NumpyException.tooLarge(array + " claims an axis of length " + abbreviated(digits));
        }
    }

    private String string() {
        char quote = next();
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw notUnderstood();
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        if (value.length() > 64 || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw notUnderstood();
        }
        return value;
    }

    private void expect(char c) {
        if (next() != c) {
            throw notUnderstood();
        }
        at++;
    }

    /** The next character that is not white space, not yet consumed. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private NumpyException notUnderstood() {
        return NumpyException.malformed(array + ": the header is not understood at its character " + (at + 1));
    }

    private static String abbreviated(String digits) {
        return digits.length() <= 20 ? digits : digits.substring(0, 20) + "...";
    }
}
