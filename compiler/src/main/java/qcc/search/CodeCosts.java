package qcc.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the parts of a firmware's code take in flash, learned from firmware that was built: the non-negative numbers
 * whose sums come nearest to what was measured, by coordinate descent. Parts that no measurement tells apart share what
 * they take together.
 */
final class CodeCosts {
    /** What a part is thought to take before anything is known, and how much that weighs beside one measurement. */
    private static final double PRIOR = 300;
    private static final double WEIGHT = 0.01;
    private static final int SWEEPS = 1000;

    private final List<Build> builds = new ArrayList<>();
    private final Map<String, Double> parts = new TreeMap<>();
    private double rest;

    /** What was measured: the flash of a firmware without its layers' constants. */
    private record Build(Set<String> parts, double bytes) {
    }

    /** Takes a firmware into account that needed these options and took so much flash in all. */
    void learn(Collection<LayerOption> options, long flashBytes) {
        Set<String> needed = partsOf(options);
        builds.add(new Build(needed, flashBytes - constants(options)));
        needed.forEach(part -> parts.putIfAbsent(part, PRIOR));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            rest = builds.stream().mapToDouble(build -> build.bytes() - sum(build.parts())).average().orElse(0);
            parts.replaceAll(this::fitted);
        }
    }

    private double fitted(String part, double now) {
        double sum = WEIGHT * PRIOR;
        double weight = WEIGHT;
        for (Build build : builds) {
            if (build.parts().contains(part)) {
                sum += build.bytes() - rest - sum(build.parts()) + now;
                weight++;
            }
        }
        return Math.max(0, sum / weight);
    }

    private double sum(Set<String> needed) {
        return needed.stream().mapToDouble(this::of).sum();
    }

    /** Bytes of a part. */
    double of(String part) {
        return parts.getOrDefault(part, PRIOR);
    }

    /** Bytes of what every firmware needs. */
    double rest() {
        return rest;
    }

    /** Bytes of a whole firmware with these options. */
    double flash(Collection<LayerOption> options) {
        return rest + constants(options) + sum(partsOf(options));
    }

    private static long constants(Collection<LayerOption> options) {
        return options.stream().mapToLong(LayerOption::flashBytes).sum();
    }

    /** The parts that any of the options needs, in a fixed order. */
    static Set<String> partsOf(Collection<LayerOption> options) {
        Set<String> all = new HashSet<>();
        options.forEach(option -> all.addAll(option.code()));
        return new TreeSet<>(all);
    }
}
