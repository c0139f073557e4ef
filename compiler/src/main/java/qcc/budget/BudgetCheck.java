package qcc.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A firmware against its budget.
 *
 * @param shown    what the budget is called, with its file
 * @param lines    one for each metric of the budget
 * @param compiler what the budget was measured with, if that was another compiler
 */
public record BudgetCheck(String shown, List<Line> lines, Optional<String> compiler) {
    /** The name of what no part accounts for. */
    public static final String REST = "(elsewhere)";

    public BudgetCheck {
        lines = List.copyOf(lines);
    }

    /**
     * One metric.
     *
     * @param allowed the limit
     * @param actual  absent where it could not be measured
     * @param causes  parts that changed, the largest change first; they add up to the change of the total
     */
    public record Line(Metric metric, long allowed, Optional<Long> actual, List<Cause> causes) {
        public Line {
            causes = List.copyOf(causes);
        }

        /** More than the limit, a part that may not grow has grown, or nobody knows. */
        public boolean exceeded() {
            return actual.isEmpty() || actual.get() > allowed || causes.stream().anyMatch(Cause::exceeded);
        }

        public long change() {
            return actual.orElse(allowed) - allowed;
        }
    }

    /**
     * A part of a total that changed.
     *
     * @param before in the budget; 0 for what is new
     * @param after  now; 0 for what is gone
     * @param limit  whether the part itself may not grow
     */
    public record Cause(String name, long before, long after, boolean limit) {
        public long change() {
            return after - before;
        }

        boolean exceeded() {
            return limit && change() > 0;
        }
    }

    /** Compares what a firmware costs with what it may cost. */
    public static BudgetCheck of(String shown, Budget allowed, Budget actual) {
        List<Line> lines = new ArrayList<>();
        allowed.amounts().forEach((metric, limit) -> lines.add(line(metric, limit, actual.of(metric))));
        return new BudgetCheck(shown, lines, allowed.compiler().equals(actual.compiler()) ? Optional.empty()
                : Optional.of(allowed.compiler()));
    }

    private static Line line(Metric metric, Amount allowed, Optional<Amount> actual) {
        return new Line(metric, allowed.total(), actual.map(Amount::total),
                actual.map(now -> causes(metric, allowed, now)).orElse(List.of()));
    }

    /** A layer that is in the budget may not grow; symbols come and go with the compiler and only explain. */
    private static List<Cause> causes(Metric metric, Amount allowed, Amount actual) {
        List<Cause> causes = new ArrayList<>();
        if (allowed.parts().isEmpty()) {
            return causes;
        }
        TreeSet<String> names = new TreeSet<>(allowed.parts().keySet());
        names.addAll(actual.parts().keySet());
        for (String name : names) {
            long before = allowed.parts().getOrDefault(name, 0L);
            long after = actual.parts().getOrDefault(name, 0L);
            if (before != after) {
                causes.add(new Cause(name, before, after,
                        metric == Metric.INSTRUCTIONS && allowed.parts().containsKey(name)));
            }
        }
        long before = allowed.total() - sum(allowed.parts());
        long after = actual.total() - sum(actual.parts());
        if (before != after) {
            causes.add(new Cause(REST, before, after, false));
        }
        causes.sort(Comparator.comparingLong((Cause cause) -> -Math.abs(cause.change())).thenComparing(Cause::name));
        return causes;
    }

    private static long sum(Map<String, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    public boolean kept() {
        return exceeded().isEmpty();
    }

    /** The lines that fail. */
    public List<Line> exceeded() {
        return lines.stream().filter(Line::exceeded).toList();
    }

    /** True when something became smaller, so that the budget can be tightened. */
    public boolean improved() {
        return kept() && lines.stream().anyMatch(line -> line.change() < 0);
    }
}
