package qcc.ops;

import java.util.function.DoubleUnaryOperator;
import qcc.ir.Interval;
import qcc.ir.Value;
import qcc.ops.wide.Rescaling;

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
    public boolean takesInt16(A attributes) {
        return true;
    }

    /** A table for int8, for int16 a change of scale with narrower bounds. */
    @Override
    public Value lower(Layer<A> layer, Lowering lowering) {
        Value x = lowering.input();
        return !lowering.isWide() ? super.lower(layer, lowering) : lowering.emit(Rescaling.of(x.quantized(),
                lowering.output(), bounds(layer.attributes()).then(layer.clamp()), x.shape().size()),
                lowering.inputs(), x.shape(), lowering.output());
    }

    @Override
    protected DoubleUnaryOperator function(A attributes) {
        Interval bounds = bounds(attributes);
        return bounds::clamp;
    }
}
