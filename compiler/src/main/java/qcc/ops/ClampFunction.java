package qcc.ops;

import java.util.function.DoubleUnaryOperator;
import qcc.ir.Interval;

/**
 * An activation that only limits its input; fused into the saturation of the layer before it where possible.
 *
 * @param <A> the operator's arguments
 */
public abstract class ClampFunction<A extends Record> extends ElementFunction<A> {

    protected ClampFunction(String name, String summary, Class<A> attributes) {
        super(name, summary, attributes);
    }

    /** The values that can pass. */
    public abstract Interval bounds(A attributes);

    @Override
    protected DoubleUnaryOperator function(A attributes) {
        Interval bounds = bounds(attributes);
        return bounds::clamp;
    }
}
