package qcc.search;

import java.util.Map;
import java.util.TreeMap;

/**
 * A choice of bits that was built and run.
 *
 * @param bits      of the weights of each layer, by its name
 * @param expense   of its firmware
 * @param error     noise of the integer network's results against the float network's, as a share of the signal
 * @param agreement share of the samples that the integer network answers as the float one does
 */
public record Candidate(Map<String, Integer> bits, Expense expense, double error, double agreement) {
    public Candidate {
        bits = new TreeMap<>(bits);
    }

    /** True when all layers have the same bits. */
    public boolean isUniform() {
        return bits.values().stream().distinct().count() <= 1;
    }
}
