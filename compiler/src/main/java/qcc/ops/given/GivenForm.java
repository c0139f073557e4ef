package qcc.ops.given;

import java.util.Optional;
import qcc.ops.IntegerOperation;
import qcc.ops.Operator;

/**
 * How the layers of one operator are stated in integers.
 *
 * @param <A> the operator's arguments
 */
abstract class GivenForm<A extends Record> {
    private final Operator<A> operator;

    GivenForm(Operator<A> operator) {
        this.operator = operator;
    }

    Operator<A> operator() {
        return operator;
    }

    /** The layer whose integer form an operation could be; it is if {@link #restore} gives an equal operation. */
    abstract Optional<GivenLayer<A>> describe(IntegerOperation operation, GivenContext context);

    /** The integer operation of a layer that is stated; throws {@link GivenException}. */
    abstract IntegerOperation restore(A attributes, GivenOptions options, GivenArrays arrays, GivenContext context);
}
