package qcc.tests.gap8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast a network has to be in the simulator on all cores; 0: as it likes.
 *
 * @param macsPerCycle of the MACs that are executed; data starts and ends in L2, and the DMA is counted
 * @param speedUp      over one core
 */
record Goals(double macsPerCycle, double speedUp) {
    static final Goals NONE = new Goals(0, 0);

    /** One goal, and what came of it. */
    record Result(String unit, double goal, double reached) {
        boolean missed() {
            return reached < goal;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "goal: %.0f %s: %s", goal, unit, missed() ? "MISSED" : "reached");
        }
    }

    /**
     * What came of each goal.
     *
     * @param times absent where one core was not tried
     */
    List<Result> compare(double macs, Optional<Double> times) {
        List<Result> results = new ArrayList<>();
        results.add(new Result("MAC/cycle", macsPerCycle, macs));
        times.ifPresent(value -> results.add(new Result("times one core", speedUp, value)));
        return results.stream().filter(result -> result.goal > 0).toList();
    }
}
