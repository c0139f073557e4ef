package qcc.ops.given;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import qcc.ops.IntegerOperation;
import qcc.ops.Operator;
import qcc.tensor.IntTensor;

/**
 * The form of an operator that has one integer operation.
 *
 * @param <A> the operator's arguments
 * @param <I> the integer operation
 */
final class OperationForm<A extends Record, I extends IntegerOperation> extends GivenForm<A> {
    private final Class<I> type;
    private final BiFunction<I, GivenContext, Optional<A>> attributes;
    private final Function<I, GivenOptions> options;
    private final Function<I, Map<String, IntTensor>> arrays;
    private final Restorer<A> restorer;

    /** Gives the integer operation of a layer that is stated. */
    @FunctionalInterface
    interface Restorer<A> {
        IntegerOperation restore(A attributes, GivenOptions options, GivenArrays arrays, GivenContext context);
    }

    OperationForm(Operator<A> operator, Class<I> type, BiFunction<I, GivenContext, Optional<A>> attributes,
            Function<I, GivenOptions> options, Function<I, Map<String, IntTensor>> arrays, Restorer<A> restorer) {
        super(operator);
        this.type = type;
        this.attributes = attributes;
        this.options = options;
        this.arrays = arrays;
        this.restorer = restorer;
    }

    @Override
    Optional<GivenLayer<A>> describe(IntegerOperation operation, GivenContext context) {
        if (!type.isInstance(operation)) {
            return Optional.empty();
        }
        I own = type.cast(operation);
        return attributes.apply(own, context)
                .map(found -> new GivenLayer<>(operator(), found, options.apply(own), arrays.apply(own)));
    }

    @Override
    IntegerOperation restore(A arguments, GivenOptions bounds, GivenArrays given, GivenContext context) {
        return restorer.restore(arguments, bounds, given, context);
    }
}
