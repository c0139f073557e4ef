package qcc.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Choices that differ from another one in few layers: one has more bits, and another one may have fewer for that.
 */
final class Neighbours {
    private final Map<String, List<LayerOption>> options;

    Neighbours(List<LayerOption> options) {
        this.options = options.stream()
                .collect(Collectors.groupingBy(LayerOption::layer, LinkedHashMap::new, Collectors.toList()));
    }

    /** All neighbours of a choice; those first for which the errors of single layers promise most. */
    List<Map<String, Integer>> of(Map<String, Integer> bits) {
        List<Map<String, Integer>> found = new ArrayList<>();
        for (Map<String, Integer> raised : changed(bits, bits, true)) {
            found.add(raised);
            found.addAll(changed(raised, bits, false));
        }
        found.sort(Comparator.comparingDouble(choice -> chosen(choice).stream().mapToDouble(LayerOption::error).sum()));
        return found;
    }

    /** The options that a choice takes. */
    List<LayerOption> chosen(Map<String, Integer> bits) {
        return options.values().stream().flatMap(List::stream)
                .filter(option -> bits.get(option.layer()) == option.bits()).toList();
    }

    /** Each layer that still has the bits of the origin with each of its options that has more, or fewer. */
    private List<Map<String, Integer>> changed(Map<String, Integer> from, Map<String, Integer> origin, boolean more) {
        List<Map<String, Integer>> found = new ArrayList<>();
        options.forEach((layer, choices) -> {
            int bits = from.get(layer);
            choices.stream().filter(other -> more ? other.bits() > bits : other.bits() < bits)
                    .filter(other -> origin.get(layer) == bits).forEach(other -> {
                        Map<String, Integer> changed = new LinkedHashMap<>(from);
                        changed.put(layer, other.bits());
                        found.add(changed);
                    });
        });
        return found;
    }
}
