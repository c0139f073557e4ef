package qcc.ops.given;

import java.util.Optional;
import qcc.ops.IntegerOperation;

/**
 * The form of an operator that has two integer operations; an array that only one of them has tells which is stated.
 *
 * @param <A> the operator's arguments
 */
final class AlternativeForms<A extends Record> extends GivenForm<A> {
    private final String mark;
    private final GivenForm<A> marked;
    private final GivenForm<A> other;

    /** {@code mark} is the name of an array that the layers of {@code marked} have, and those of {@code other} lack. */
    AlternativeForms(String mark, GivenForm<A> marked, GivenForm<A> other) {
        super(marked.operator());
        this.mark = mark;
        this.marked = marked;
        this.other = other;
    }

    @Override
    Optional<GivenLayer<A>> describe(IntegerOperation operation, GivenContext context) {
        return marked.describe(operation, context).or(() -> other.describe(operation, context));
    }

    @Override
    IntegerOperation restore(A attributes, GivenOptions options, GivenArrays arrays, GivenContext context) {
        return (arrays.has(mark) ? marked : other).restore(attributes, options, arrays, context);
    }
}
