package qcc.ops;

/** How many input tensors an operator takes. */
public record Arity(int min, int max) {
    public static final Arity NONE = new Arity(0, 0);
    public static final Arity ONE = new Arity(1, 1);
    public static final Arity TWO = new Arity(2, 2);
    public static final Arity SEVERAL = new Arity(2, 64);

    public boolean accepts(int count) {
        return count >= min && count <= max;
    }

    @Override
    public String toString() {
        return min == max ? String.valueOf(min) : min + " to " + max;
    }
}
