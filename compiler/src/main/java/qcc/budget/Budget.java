package qcc.budget;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a firmware costs, or may cost.
 *
 * @param compiler that it was measured with
 * @param amounts  what is limited, or could be measured
 */
public record Budget(String compiler, Map<Metric, Amount> amounts) {
    public Budget {
        amounts = Collections.unmodifiableMap(amounts.isEmpty() ? Map.of() : new EnumMap<>(amounts));
    }

    public Optional<Amount> of(Metric metric) {
        return Optional.ofNullable(amounts.get(metric));
    }
}
