package qcc.ops;

/** Difference of two tensors; also written {@code a - b}. */
public final class Sub extends WeightedAddition {

    public Sub() {
        super("sub", "a - b, element by element", -1);
    }
}
