package qcc.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a list of kernels. A row begins with {@code operation: kernel} at the start of a line; indented lines below it
 * are {@code when CONDITION}, {@code scratch BYTES}, {@code packing NAME}, {@code reads CONTRACT},
 * {@code weights FORM} and {@code instructions ESTIMATE}; for kernels that work in tiles, {@code tiles ROWS by CHANNELS},
 * {@code local BYTES}, {@code cycles ESTIMATE} and {@code moves BYTES}. {@code #} begins a comment. Rows with estimates are weighed
 * against each other; of others the first whose condition holds is taken, so the most specific kernels stand first.
 */
final class KernelList {
    private static final List<String> TILES = List.of("tiles", "local", "cycles", "moves");
    private static final List<String> KEYS = Stream.concat(Stream.of("when", "scratch", "packing", "reads", "weights",
            "instructions"), TILES.stream()).toList();

    private KernelList() {
    }

    /** Throws {@link IllegalArgumentException} that names the line. */
    static List<KernelRow> parse(List<String> lines) {
        List<KernelRow> rows = new ArrayList<>();
        String head = null;
        int headLine = 0;
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i <= lines.size(); i++) {
            String line = i == lines.size() ? "end" : lines.get(i).replaceFirst("#.*", "").stripTrailing();
            if (line.isEmpty()) {
                continue;
            }
            boolean begins = !Character.isWhitespace(line.charAt(0));
            try {
                if (!begins && head == null) {
                    throw new IllegalArgumentException("`" + line.trim() + "` belongs to no kernel");
                }
                if (!begins) {
                    setting(line.trim(), settings);
                } else if (head != null) {
                    rows.add(row(head, settings));
                }
            } catch (IllegalArgumentException e) {
                int place = begins ? headLine : i + 1;
                throw new IllegalArgumentException("line " + place + ": " + e.getMessage(), e);
            }
            if (begins) {
                head = line;
                headLine = i + 1;
                settings = new HashMap<>();
            }
        }
        return rows;
    }

    private static void setting(String line, Map<String, String> settings) {
        String[] parts = line.split("\\s+", 2);
        if (!KEYS.contains(parts[0]) || parts.length < 2) {
            throw new IllegalArgumentException("`" + line
                    + "` is none of " + String.join(", ", KEYS) + " with a value");
        }
        if (settings.putIfAbsent(parts[0], parts[1]) != null) {
            throw new IllegalArgumentException("`" + parts[0] + "` stands here twice for one kernel");
        }
    }

    private static KernelRow row(String head, Map<String, String> settings) {
        String[] names = head.split("\\s*:\\s*");
        if (names.length != 2) {
            throw new IllegalArgumentException("`" + head + "` is not of the form `operation: kernel`");
        }
        return new KernelRow(names[0], names[1], Formula.parse(settings.getOrDefault("when", "1")),
                Formula.parse(settings.getOrDefault("scratch", "0")),
                choose("packing", settings, Packing.PLAIN, Packing.values()),
                settings.containsKey("reads") ? Reads.parse(settings.get("reads")) : Reads.UNKNOWN,
                choose("weights", settings, WeightForm.BYTES, WeightForm.values()),
                Optional.ofNullable(settings.get("instructions")).map(Formula::parse), tiles(settings));
    }

    private static Optional<TileRule> tiles(Map<String, String> settings) {
        if (TILES.stream().noneMatch(settings::containsKey)) {
            return Optional.empty();
        }
        if (!settings.keySet().containsAll(TILES)) {
            throw new IllegalArgumentException("of " + String.join(", ", TILES) + " a kernel has all or none");
        }
        String[] axes = settings.get("tiles").split("\\s+by\\s+");
        if (axes.length != 2) {
            throw new IllegalArgumentException("`" + settings.get("tiles") + "` is not of the form `out_h by out_c`");
        }
        return Optional.of(new TileRule(Formula.parse(axes[0]), Formula.parse(axes[1]),
                Formula.parse(settings.get("local")), Formula.parse(settings.get("cycles")),
                Formula.parse(settings.get("moves"))));
    }

    /** The value that the list writes as the setting says. */
    private static <E extends Enum<E>> E choose(String key, Map<String, String> settings, E fallback, E[] values) {
        String text = settings.getOrDefault(key, fallback.toString());
        return Arrays.stream(values).filter(value -> value.toString().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + key + " `" + text + "`"));
    }
}
