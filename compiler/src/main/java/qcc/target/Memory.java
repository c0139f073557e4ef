package qcc.target;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A region of a target's memory.
 *
 * @param origin first address, as the description writes it
 * @param text   the size as the description writes it, for the linker
 * @param bytes  the size
 */
public record Memory(String origin, String text, long bytes) {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([KM]?)");

    /** The bytes that a size such as {@code 256K} stands for; empty when the text is none. */
    static Optional<Long> bytesOf(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "K" -> 1024;
            case "M" -> 1024 * 1024;
            default -> 1;
        };
        return Optional.of(Long.parseLong(matcher.group(1)) * unit);
    }
}
