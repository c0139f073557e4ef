package qcc.ops;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import qcc.ir.Value;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * An operator that applies one real function to every element.
 *
 * @param <A> the operator's arguments
 */
public abstract class ElementFunction<A extends Record> extends Operator<A> {

    protected ElementFunction(String name, String summary, Class<A> attributes) {
        super(name, summary, attributes);
    }

    /** The function for the given arguments; deterministic on every machine. */
    protected abstract DoubleUnaryOperator function(A attributes);

    @Override
    public Shape infer(A attributes, List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public FloatTensor evaluate(Layer<A> layer, List<FloatTensor> inputs) {
        DoubleUnaryOperator function = function(layer.attributes());
        FloatTensor result = inputs.get(0).copy();
        for (int i = 0; i < result.size(); i++) {
            result.set(i, function.applyAsDouble(result.get(i)));
        }
        return result;
    }

    @Override
    public boolean fusesClamp() {
        return true;
    }

    @Override
    public Value lower(Layer<A> layer, Lowering lowering) {
        Value x = lowering.input();
        Lookup lookup = Lookup.of(name(), function(layer.attributes()), x.quantized(), lowering.output(),
                layer.clamp(), x.shape().size());
        return lowering.emit(lookup, lowering.inputs(), x.shape(), lowering.output());
    }
}
