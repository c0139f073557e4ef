package qcc.ops;

import java.util.List;
import qcc.tensor.IntTensor;

/** An integer operation whose every result is the requantised sum of a bias and of weighted inputs. */
public interface WeightedSum extends RequantizedOperation {

    /** Channel-major: the weights of one output channel stand together. */
    IntTensor weights();

    /** One for each output channel, with all constants folded in. */
    IntTensor bias();

    @Override
    default List<Constant> constants() {
        return Constants.ofSum(weights(), bias(), requantization());
    }

    @Override
    default void proveAccumulators() {
        QuantizedSum.prove(weights(), bias(), requantization());
    }
}
