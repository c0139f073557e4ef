package qcc.codegen;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import qcc.program.CNames;

/**
 * Names in C of a model's inputs and outputs. From the name of a port, the header derives macros and functions; none
 * of them may be that of another port or of the model itself, as {@code X} and {@code x} or a port {@code run} would
 * lead to.
 */
final class PortNames {
    private final String prefix;
    private final Set<String> taken;

    /**
     * @param prefix of everything that belongs to the model
     * @param others identifiers of the model's source
     */
    PortNames(String prefix, Collection<String> others) {
        this.prefix = prefix;
        this.taken = new HashSet<>(others);
        String upper = prefix.toUpperCase(Locale.ROOT);
        taken.addAll(List.of(prefix + "_run", upper + "_H", upper + "_ARENA_SIZE", upper + "_CONSTANTS_H"));
    }

    /** The function that gives a port's data; a number is appended where the name is not free. */
    String function(String port) {
        String wanted = prefix + "_" + CNames.identifier(port);
        String function = wanted;
        for (int i = 2; derived(function).stream().anyMatch(taken::contains); i++) {
            function = wanted + "_" + i;
        }
        taken.addAll(derived(function));
        return function;
    }

    private static List<String> derived(String function) {
        String upper = function.toUpperCase(Locale.ROOT);
        return List.of(function, function + "_quantize", function + "_dequantize", upper + "_SIZE", upper + "_SCALE",
                upper + "_ZERO_POINT");
    }
}
