package qcc.frontend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that are visible in a model's body or in one instance of a block, and the names of its layers. */
final class Scope {
    private final String prefix;
    private final Map<String, Denotation> names = new LinkedHashMap<>();
    private final Map<String, Integer> layerCounts = new HashMap<>();
    private final Set<String> layerNames;

    private Scope(String prefix, Set<String> layerNames) {
        this.prefix = prefix;
        this.layerNames = layerNames;
    }

    /** The scope of a model's body. */
    static Scope model() {
        return new Scope("", new HashSet<>());
    }

    /** The scope of an instance of a block; its layers are named {@code instance.layer}. */
    Scope instance(String instanceName) {
        return new Scope(instanceName + ".", layerNames);
    }

    Optional<Denotation> find(String name) {
        return Optional.ofNullable(names.get(name));
    }

    List<String> visible() {
        return new ArrayList<>(names.keySet());
    }

    /** False when the name is taken. */
    boolean define(String name, Denotation denotation) {
        return names.putIfAbsent(name, denotation) == null;
    }

    /** The full name for a labelled layer or instance; nothing when it is taken. */
    Optional<String> label(String name) {
        return layerNames.add(prefix + name) ? Optional.of(prefix + name) : Optional.empty();
    }

    /** A full name for a layer without a label: the operator's name, numbered from the second on. */
    String number(String operator) {
        while (true) {
            int count = layerCounts.merge(operator, 1, Integer::sum);
            String name = prefix + (count == 1 ? operator : operator + "_" + count);
            if (layerNames.add(name)) {
                return name;
            }
        }
    }
}
