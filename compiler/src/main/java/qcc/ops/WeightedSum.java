package qcc.ops;

import java.util.List;
import qcc.tensor.IntTensor;

/** An integer operation whose every result is the requantised sum of a bias and of weighted inputs. */
public interface WeightedSum extends RequantizedOperation {

    /** Channel-major: the weights of one output channel stand together. */
    IntTensor weights();

    /** One for each output channel, with all constants folded in. */
    IntTensor bias();

    /** The name of the weights among the constants. */
    String WEIGHTS = "weights";
    /** The name of the bias among the constants. */
    String BIAS = "bias";

    /** Bits that every weight fits into in two's complement, of those that flash is packed with: 2, 4 or 8. */
    default int weightBits() {
        int largest = 0;
        for (int i = 0; i < weights().size(); i++) {
            int weight = weights().get(i);
            largest = Math.max(largest, weight < 0 ? ~weight : weight);
        }
        return largest < 2 ? 2 : largest < 8 ? 4 : 8;
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
