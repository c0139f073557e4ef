package qcc.ops;

/** An integer operation that ends in a requantisation of its accumulators. */
public interface RequantizedOperation extends IntegerOperation {

    /** From the accumulator to the result. */
    Requantization requantization();

    /** Bits of the smallest two's complement number that holds every accumulator, for any input. */
    default int accumulatorBits() {
        return Integer.SIZE;
    }

    @Override
    default String describe() {
        return requantization().toString();
    }
}
