package qcc.ops;

/** Sum of two tensors; also written {@code a + b}. */
public final class Add extends WeightedAddition {

    public Add() {
        super("add", "a + b, element by element", 1);
    }
}
