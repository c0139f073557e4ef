package qcc.plan;

/**
 * The steps during which bytes are needed, both ends included. Step i is the i-th node of the graph; the step before
 * the first node, -1, is when the caller writes the inputs, and the step after the last is when it reads the outputs.
 *
 * @param first the step that writes the bytes, at least -1
 * @param last  the last step that reads them, not below {@code first}
 */
public record Lifetime(int first, int last) {
    /** The step at which the caller writes the graph's inputs. */
    public static final int BEFORE = -1;

    public Lifetime {
        if (first < BEFORE || last < first) {
            throw new IllegalArgumentException("lifetime " + first + " .. " + last);
        }
    }

    public boolean contains(int step) {
        return first <= step && step <= last;
    }

    /** The shortest lifetime that holds both. */
    public Lifetime union(Lifetime other) {
        return new Lifetime(Math.min(first, other.first), Math.max(last, other.last));
    }

    /** This lifetime, or a longer one that reaches {@code step}. */
    public Lifetime until(int step) {
        return new Lifetime(first, Math.max(last, step));
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
