package qcc.ops.given;

import java.util.Map;
import qcc.ops.Operator;
import qcc.tensor.IntTensor;

/**
 * A quantised layer as it is stated.
 *
 * @param operator   of QDSL
 * @param attributes its arguments
 * @param options    bounds of the result
 * @param arrays     its integers, by name
 * @param <A>        the operator's argument record
 */
public record GivenLayer<A extends Record>(Operator<A> operator, A attributes, GivenOptions options,
        Map<String, IntTensor> arrays) {
    public GivenLayer {
        arrays = Map.copyOf(arrays);
    }
}
