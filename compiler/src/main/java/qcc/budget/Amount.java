package qcc.budget;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much there is of something, and what it is made of.
 *
 * @param total of all
 * @param parts by name; they need not add up to the total
 */
public record Amount(long total, Map<String, Long> parts) {
    public Amount {
        parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }
}
