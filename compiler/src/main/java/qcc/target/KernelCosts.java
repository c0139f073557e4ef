package qcc.target;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What each kernel's work takes on a core, measured in its emulator: a line {@code kernel: PRICE PRICE ...} holds the
 * instructions (cycles, where the emulator has a model of them) of any run and of each unit of the kernel's terms of work,
 * in their order. {@code #} begins a comment.
 */
public final class KernelCosts {
    /** Of a core that has not been measured. */
    public static final KernelCosts NONE = new KernelCosts(Map.of());

    private static final Pattern PRICE = Pattern.compile("-?\\d{1,9}(\\.\\d{1,6})?");

    private final Map<String, List<Double>> prices;

    private KernelCosts(Map<String, List<Double>> prices) {
        this.prices = Map.copyOf(prices);
    }

    /** Throws {@link IllegalArgumentException} that names the line. */
    static KernelCosts parse(List<String> lines) {
        Map<String, List<Double>> prices = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] parts = line.split("\\s*:\\s*");
            List<String> words = parts.length == 2 ? List.of(parts[1].split("\\s+")) : List.of();
            if (words.isEmpty() || !words.stream().allMatch(word -> PRICE.matcher(word).matches())) {
                throw new IllegalArgumentException("line " + (i + 1) + ": `" + line
                        + "` is not of the form `kernel: PRICE PRICE`");
            }
            if (prices.putIfAbsent(parts[0], words.stream().map(Double::valueOf).toList()) != null) {
                throw new IllegalArgumentException("line " + (i + 1) + ": `" + parts[0] + "` has prices already");
            }
        }
        return new KernelCosts(prices);
    }

    /** The same but for kernels whose terms are others by now. */
    KernelCosts upToDate(List<KernelRow> rows) {
        Map<String, List<Double>> others = new HashMap<>(prices);
        rows.forEach(row -> others.computeIfPresent(row.name(),
                (name, known) -> known.size() == row.work().size() + 1 ? known : null));
        return new KernelCosts(others);
    }

    /** Throws {@link IllegalArgumentException} unless the row has as many terms as there are prices for them. */
    void check(KernelRow row) {
        List<Double> known = prices.get(row.name());
        if (known != null && known.size() != row.work().size() + 1) {
            throw new IllegalArgumentException("`" + row.name() + "` has " + known.size() + " prices, and needs "
                    + (row.work().size() + 1));
        }
    }

    /**
     * What one run of a kernel takes; absent where the core has no prices for it.
     *
     * @param facts of the layer, by the names of the kernel's formulas
     */
    public OptionalLong of(KernelRow row, Map<String, Integer> facts) {
        List<Double> known = prices.get(row.name());
        if (known == null) {
            return OptionalLong.empty();
        }
        double sum = 0;
        double[] units = units(row, facts).toArray();
        for (int i = 0; i < units.length; i++) {
            sum += known.get(i) * units[i];
        }
        return OptionalLong.of(Math.max(0, Math.round(sum)));
    }

    /** What prices are multiplied by: 1, and the terms of work. */
    public static DoubleStream units(KernelRow row, Map<String, Integer> facts) {
        return Stream.concat(Stream.of(1.0), row.work().stream().map(term -> (double) term.evaluate(facts)))
                .mapToDouble(Double::doubleValue);
    }
}
