package qcc.ops;

import java.util.List;
import qcc.ir.Value;
import qcc.tensor.FloatTensor;

/**
 * An operator that only gives its input another shape.
 *
 * @param <A> the operator's arguments
 */
public abstract class ReshapingOperator<A extends Record> extends Operator<A> {

    protected ReshapingOperator(String name, String summary, Class<A> attributes) {
        super(name, summary, attributes);
    }

    @Override
    public boolean scalesWithInput() {
        return true;
    }

    @Override
    public boolean keepsMean() {
        return true;
    }

    @Override
    public final boolean takesInt16(A attributes) {
        return true;
    }

    @Override
    public final FloatTensor evaluate(Layer<A> layer, List<FloatTensor> inputs) {
        return inputs.get(0).reshape(infer(layer.attributes(), List.of(inputs.get(0).shape())));
    }

    @Override
    public final OutputScale outputScale(A attributes) {
        return OutputScale.SAME_AS_INPUT;
    }

    @Override
    public final Value lower(Layer<A> layer, Lowering lowering) {
        View view = View.of(infer(layer.attributes(), List.of(lowering.input().shape())));
        return lowering.emit(view, lowering.inputs(), view.shape(), lowering.output());
    }
}
