package qcc.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The software development kit of GAP-8 or of PULP, whose rules build and run projects in place of the target's compiler
 * and emulator. Its script {@code sourceme.sh} makes it known to programs by environment variables.
 *
 * @param rules the folder that holds {@code pmsis_rules.mk}
 */
public record Sdk(Path rules) {
    static final String RULES_VARIABLE = "RULES_DIR";

    private static final String RULES_FILE = "pmsis_rules.mk";

    /** Where the rules are in the folder that a variable names, in the order in which they are looked for. */
    private record Place(String variable, String folder) {
    }

    private static final List<Place> PLACES = List.of(new Place(RULES_VARIABLE, ""),
            new Place("GAP_SDK_HOME", "utils/rules"), new Place("PULP_SDK_HOME", "tools/rules"));

    /** How a user makes it known. */
    static final String ADVICE = "source the script `sourceme.sh` of GAP SDK or PULP SDK first; none of "
            + String.join(", ", PLACES.stream().map(Place::variable).toList()) + " leads to a file " + RULES_FILE;

    /** The SDK that an environment names; empty where none of the variables leads to its rules. */
    static Optional<Sdk> of(Map<String, String> environment) {
        return PLACES.stream().flatMap(place -> Stream.ofNullable(environment.get(place.variable()))
                        .filter(value -> !value.isEmpty()).map(value -> Path.of(value).resolve(place.folder())))
                .map(folder -> folder.toAbsolutePath().normalize())
                .filter(folder -> Files.isRegularFile(folder.resolve(RULES_FILE))).findFirst().map(Sdk::new);
    }

    /** The variables by which a project's makefile builds and runs with it. */
    public Map<String, String> variables() {
        return Map.of(RULES_VARIABLE, rules.toString(), "platform", "gvsoc");
    }

    /** For a human to read. */
    @Override
    public String toString() {
        return "SDK with the rules in " + rules;
    }
}
