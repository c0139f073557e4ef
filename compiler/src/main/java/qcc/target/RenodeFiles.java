package qcc.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that Renode needs to run a target's firmware: the platform, the script that hooks {@code qcc_io}, and a
 * shell script for makefiles. In a platform, {@code @KEY@} stands for a value of the description, where {@code KEY} is
 * the key in capitals with {@code _} for {@code .} (a size is given in bytes), and {@code @COUNTER@} for the peripheral that counts instructions.
 */
final class RenodeFiles {
    /** The emulator line of every target that has a platform. */
    static final String EMULATOR_LINE = "renode target/platform.repl target/qcc_renode.py";

    private static final Pattern PLACE = Pattern.compile("@([A-Z_]+)@");

    private final Function<String, Path> find;
    private final Map<String, String> values;

    /**
     * @param find   where a file of the target is
     * @param values of the target's description
     * @param name   of the target
     */
    RenodeFiles(Function<String, Path> find, Map<String, String> values, String name) {
        this.find = find;
        this.values = new HashMap<>();
        values.forEach((key, value) -> this.values.put(key.toUpperCase(Locale.ROOT).replace('.', '_'),
                Memory.bytesOf(value).map(String::valueOf).orElse(value)));
        this.values.put("NAME", name);
    }

    /**
     * The files by their names in a project.
     *
     * @param words of the key {@code renode}: the platform's file and, where it asks for it, the kind of processor
     * @throws IllegalArgumentException when a platform asks for a value that there is not
     */
    Map<String, String> read(List<String> words) throws IOException {
        if (words.size() > 1) {
            values.put("CPU", words.get(1));
        }
        String[] counter = values.getOrDefault("COUNTER", "").split("\\s+");
        if (counter.length > 2) {
            values.put("COUNTER_ADDRESS", counter[1]);
            values.put("COUNTER_MHZ", counter[2]);
            values.put("COUNTER", fill(text(counter[0] + ".repl")));
        }
        Map<String, String> files = new TreeMap<>();
        files.put("platform.repl", fill(text(words.get(0))));
        files.put("qcc_renode.py", text("qcc_renode.py"));
        files.put("renode.sh", text("renode.sh"));
        return files;
    }

    private String text(String file) throws IOException {
        return Files.readString(find.apply(file), StandardCharsets.UTF_8);
    }

    private String fill(String text) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("the platform asks for " + place.group() + ", and there is no such key");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
