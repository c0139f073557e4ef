package qcc.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a list of kernels. A row begins with {@code operation: kernel} at the start of a line; indented lines below it
 * are {@code when CONDITION}, {@code scratch BYTES}, {@code packing NAME}, {@code reads CONTRACT},
 * {@code weights FORM}, {@code factors FORM}, {@code choice by cost} and {@code work TERM; TERM}, which may stand on
 * several lines; for kernels that work in tiles, {@code tiles ROWS by CHANNELS}, {@code local BYTES}, {@code cycles ESTIMATE} and {@code moves BYTES}. {@code let NAME =
 * FORMULA} names a part of formulas below: those of the row, or, at the start of a line, of all rows. {@code #} begins a
 * comment. Of the rows whose condition holds the first is taken, so the most specific kernels stand first; rows that are
 * chosen by cost are weighed against each other.
 */
final class KernelList {
    private static final String WORK = "work";
    private static final List<String> TILES = List.of("tiles", "local", "cycles", "moves");
    private static final List<String> KEYS = Stream.concat(Stream.of("when", "scratch", "packing", "reads", "weights",
            "factors", "choice", WORK), TILES.stream()).toList();
    private static final Pattern DEFINITION = Pattern.compile("let\\s+([a-z][a-z0-9_]*)\\s*=\\s*(.*)");

    private final List<KernelRow> rows = new ArrayList<>();
    private final Map<String, Formula> definitions = new HashMap<>();
    private String head;
    private int headLine;
    private final Map<String, String> settings = new HashMap<>();
    /** Those of the list and, behind its head, of the row. */
    private Map<String, Formula> visible = definitions;

    private KernelList() {
    }

    /** Throws {@link IllegalArgumentException} that names the line. */
    static List<KernelRow> parse(List<String> lines) {
        KernelList list = new KernelList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").stripTrailing();
            if (!line.isEmpty()) {
                list.line(line, i + 1);
            }
        }
        list.endRow();
        return list.rows;
    }

    private void line(String line, int number) {
        boolean begins = !Character.isWhitespace(line.charAt(0));
        if (begins) {
            endRow();
        }
        try {
            if (line.strip().startsWith("let ")) {
                define(line.strip());
            } else if (begins) {
                head = line;
                headLine = number;
            } else if (head == null) {
                throw new IllegalArgumentException("`" + line.strip() + "` belongs to no kernel");
            } else {
                setting(line.strip());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private void define(String line) {
        Matcher matcher = DEFINITION.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("`" + line + "` is not of the form `let name = formula`");
        }
        if (head != null && visible == definitions) {
            visible = new HashMap<>(definitions);
        }
        if (visible.putIfAbsent(matcher.group(1), formula(matcher.group(2))) != null) {
            throw new IllegalArgumentException("`" + matcher.group(1) + "` is defined twice");
        }
    }

    private void setting(String line) {
        String[] parts = line.split("\\s+", 2);
        if (!KEYS.contains(parts[0]) || parts.length < 2) {
            throw new IllegalArgumentException("`" + line
                    + "` is none of " + String.join(", ", KEYS) + " with a value");
        }
        if (parts[0].equals(WORK)) {
            settings.merge(WORK, parts[1], (before, more) -> before + ";" + more);
        } else if (settings.putIfAbsent(parts[0], parts[1]) != null) {
            throw new IllegalArgumentException("`" + parts[0] + "` stands here twice for one kernel");
        }
    }

    private void endRow() {
        if (head != null) {
            try {
                rows.add(row());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + headLine + ": " + e.getMessage(), e);
            }
        }
        head = null;
        settings.clear();
        visible = definitions;
    }

    private KernelRow row() {
        String[] names = head.split("\\s*:\\s*");
        if (names.length != 2) {
            throw new IllegalArgumentException("`" + head + "` is not of the form `operation: kernel`");
        }
        return new KernelRow(names[0], names[1], formula(settings.getOrDefault("when", "1")),
                formula(settings.getOrDefault("scratch", "0")),
                choose("packing", Packing.PLAIN, Packing.values()),
                settings.containsKey("reads") ? Reads.parse(settings.get("reads")) : Reads.UNKNOWN,
                choose("weights", WeightForm.BYTES, WeightForm.values()),
                choose("factors", FactorForm.GIVEN, FactorForm.values()),
                choose("choice", KernelRow.Choice.BY_ORDER, KernelRow.Choice.values()),
                Arrays.stream(settings.getOrDefault(WORK, "").split(";")).map(String::strip)
                        .filter(term -> !term.isEmpty()).map(this::formula).toList(), tiles());
    }

    private Formula formula(String text) {
        return Formula.parse(text, visible);
    }

    private Optional<TileRule> tiles() {
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
        return Optional.of(new TileRule(formula(axes[0]), formula(axes[1]),
                formula(settings.get("local")), formula(settings.get("cycles")),
                formula(settings.get("moves"))));
    }

    /** The value that the list writes as the setting says. */
    private <E extends Enum<E>> E choose(String key, E fallback, E[] values) {
        String text = settings.getOrDefault(key, fallback.toString());
        return Arrays.stream(values).filter(value -> value.toString().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + key + " `" + text + "`"));
    }
}
