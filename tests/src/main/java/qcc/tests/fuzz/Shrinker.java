package qcc.tests.fuzz;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds a small network that fails like a large one: takes simpler networks as long as one of them still fails. */
final class Shrinker {
    private final Function<String, Outcome> judge;
    private final Set<String> seen = new HashSet<>();
    private int left;

    /**
     * @param judge  gives the outcome of a QDSL text
     * @param budget how many networks may be tried
     */
    Shrinker(Function<String, Outcome> judge, int budget) {
        this.judge = judge;
        this.left = budget;
    }

    /** The smallest network found that fails in the same way. */
    Network shrink(Network network, Outcome failure) {
        Network smallest = network;
        for (Optional<Network> next = step(smallest, failure); next.isPresent(); next = step(smallest, failure)) {
            smallest = next.get();
        }
        return smallest;
    }

    private Optional<Network> step(Network network, Outcome failure) {
        for (Network candidate : Reductions.of(network)) {
            if (left > 0 && isWellFormed(candidate) && seen.add(candidate.text())) {
                left--;
                if (judge.apply(candidate.text()).sameFailure(failure)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isWellFormed(Network network) {
        try {
            return !network.inputs().isEmpty()
                    && network.inputs().stream().allMatch(input -> input.shape().isReasonable())
                    && !network.shapes().isEmpty();
        } catch (Invalid e) {
            return false;
        }
    }
}
