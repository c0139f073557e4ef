package qcc.ops;

import java.util.List;
import qcc.tensor.IntTensor;

/** An integer operation whose every result is the requantised sum of a bias and of weighted inputs. */
public interface WeightedSum extends RequantizedOperation {

    /** Channel-major: the weights of one output channel stand together. */
    IntTensor weights();

    /** One for each output channel, with all constants folded in. */
    IntTensor bias();

    /** The same sum of other numbers. */
    WeightedSum with(IntTensor weights, IntTensor bias, Requantization requantization);

    /** The name of the weights among the constants. */
    String WEIGHTS = "weights";
    /** The name of the bias among the constants. */
    String BIAS = "bias";

    /** Bits that every weight fits into in two's complement: 2 to 8. */
    default int weightBits() {
        return bitsOf(weights());
    }

    /** Bits, 2 or more, that every value fits into in two's complement. */
    static int bitsOf(IntTensor values) {
        int bits = 2;
        for (int i = 0; i < values.size(); i++) {
            bits = Math.max(bits, 1 + bitsOf(values.get(i)));
        }
        return bits;
    }

    @Override
    default int accumulatorBits() {
        int fanIn = weights().size() / bias().size();
        int bits = 1;
        for (int c = 0; c < bias().size(); c++) {
            long low = bias().get(c);
            long high = low;
            for (int k = c * fanIn; k < (c + 1) * fanIn; k++) {
                int weight = weights().get(k);
                low += Math.min(weight * Byte.MIN_VALUE, weight * Byte.MAX_VALUE);
                high += Math.max(weight * Byte.MIN_VALUE, weight * Byte.MAX_VALUE);
            }
            bits = Math.max(bits, 1 + Math.max(bitsOf(low), bitsOf(high)));
        }
        return bits;
    }

    private static int bitsOf(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    }

    /** The smallest weight. */
    default int leastWeight() {
        int least = 0;
        for (int k = 0; k < weights().size(); k++) {
            least = Math.min(least, weights().get(k));
        }
        return least;
    }

    @Override
    default List<Constant> constants() {
        return Constants.ofSum(weights(), bias(), requantization());
    }

    @Override
    default void proveAccumulators() {
        QuantizedSum.prove(weights(), bias(), requantization());
    }
}
