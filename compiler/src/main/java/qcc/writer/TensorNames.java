package qcc.writer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import qcc.ir.Value;
import qcc.program.CNames;

/** The names of tensors in a model's body or in a block. */
final class TensorNames {
    /** Words of the language, and words that arguments can have as values: a tensor would hide them. */
    private static final Set<String> RESERVED = Set.of("model", "block", "return", "as", "in", "parameters", "quantize",
            "same", "valid", "true", "false", "power_of_two", "dyadic", "half_up", "floor");

    private final Set<String> taken = new HashSet<>(RESERVED);
    private final Map<Integer, String> names = new HashMap<>();

    /** Gives a tensor a name near to the wanted one. */
    String define(Value value, String wanted) {
        String name = unique(wanted);
        names.put(value.id(), name);
        return name;
    }

    /** A free name near to the wanted one, which is taken from now on. */
    String unique(String wanted) {
        String base = wanted.isBlank() ? "tensor" : CNames.identifier(wanted);
        String name = base;
        for (int i = 2; !taken.add(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }

    boolean has(Value value) {
        return names.containsKey(value.id());
    }

    String of(Value value) {
        String name = names.get(value.id());
        if (name == null) {
            throw new IllegalStateException("tensor " + value + " has no name yet");
        }
        return name;
    }
}
