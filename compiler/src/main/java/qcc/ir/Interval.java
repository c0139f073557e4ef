package qcc.ir;

/**
 * A closed interval of real numbers.
 *
 * @param low  may be negative infinity
 * @param high may be positive infinity; not below {@code low}
 */
public record Interval(double low, double high) {
    public static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("empty interval " + low + " .. " + high);
        }
    }

    public double clamp(double value) {
        return Math.max(low, Math.min(high, value));
    }

    /** This interval followed by a clamp to another: the set of values that can come out. */
    public Interval then(Interval next) {
        return new Interval(next.clamp(low), next.clamp(high));
    }

    /** The smallest interval that holds this one and another. */
    public Interval union(Interval other) {
        return new Interval(Math.min(low, other.low), Math.max(high, other.high));
    }

    public Interval withZero() {
        return new Interval(Math.min(low, 0), Math.max(high, 0));
    }

    public boolean isAll() {
        return equals(ALL);
    }

    @Override
    public String toString() {
        return "[" + low + ", " + high + "]";
    }
}
