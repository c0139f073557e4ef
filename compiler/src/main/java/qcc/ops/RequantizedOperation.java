package qcc.ops;

/** An integer operation that ends in a requantisation of its accumulators. */
public interface RequantizedOperation extends IntegerOperation {

    /** From the accumulator to the result. */
    Requantization requantization();

    @Override
    default String describe() {
        return requantization().toString();
    }
}
