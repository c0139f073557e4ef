package qcc.ops;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Interval;
import qcc.ir.Operation;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * A real-valued layer: an operator with its arguments and trained arrays.
 *
 * @param operator   the operator
 * @param attributes its arguments
 * @param parameters its arrays by name, exactly those that {@link Operator#parameters} names
 * @param clamp      bounds applied to the result; all numbers unless an activation was fused
 * @param options    overrides of the quantisation
 * @param statistics of the results before the clamp, where a batch normalisation told them
 * @param quantized  the integers of the trained arrays, in a CALIBRATED graph and for a {@link WeightedOperator}
 * @param <A>        the operator's argument record
 */
public record Layer<A extends Record>(Operator<A> operator, A attributes, Map<String, FloatTensor> parameters,
        Interval clamp, LayerOptions options, Optional<OutputStatistics> statistics,
        Optional<QuantizedWeights> quantized) implements Operation {

    public Layer {
        parameters = Map.copyOf(parameters);
    }

    /** A layer of whose results and integers nothing is known yet. */
    public Layer(Operator<A> operator, A attributes, Map<String, FloatTensor> parameters, Interval clamp,
            LayerOptions options) {
        this(operator, attributes, parameters, clamp, options, Optional.empty(), Optional.empty());
    }

    /** A layer without trained arrays. */
    public static <A extends Record> Layer<A> plain(Operator<A> operator, A attributes) {
        return new Layer<>(operator, attributes, Map.of(), Interval.ALL, LayerOptions.NONE);
    }

    public FloatTensor parameter(String name) {
        FloatTensor tensor = parameters.get(name);
        if (tensor == null) {
            throw new IllegalStateException(operator + " has no parameter " + name);
        }
        return tensor;
    }

    public Layer<A> withParameters(Map<String, FloatTensor> others) {
        return new Layer<>(operator, attributes, others, clamp, options, statistics, quantized);
    }

    public Layer<A> withAttributes(A others) {
        return new Layer<>(operator, others, parameters, clamp, options, statistics, quantized);
    }

    public Layer<A> withClamp(Interval other) {
        return new Layer<>(operator, attributes, parameters, other, options, statistics, quantized);
    }

    public Layer<A> withOptions(LayerOptions others) {
        return new Layer<>(operator, attributes, parameters, clamp, others, statistics, quantized);
    }

    public Layer<A> withStatistics(OutputStatistics others) {
        return new Layer<>(operator, attributes, parameters, clamp, options, Optional.of(others), quantized);
    }

    public Layer<A> withQuantized(QuantizedWeights weights) {
        return new Layer<>(operator, attributes, parameters, clamp, options, statistics, Optional.of(weights));
    }

    @Override
    public String mnemonic() {
        return operator.name();
    }

    @Override
    public String describe() {
        String text = operator.schema().format(attributes);
        return clamp.isAll() ? text : text + (text.isEmpty() ? "" : ", ") + "clamp = " + clamp;
    }

    /** The real-valued meaning of the layer, with its clamp. */
    public FloatTensor evaluate(List<FloatTensor> inputs) {
        return clamped(evaluateUnclamped(inputs));
    }

    /** The result as it is before the clamp. */
    public FloatTensor evaluateUnclamped(List<FloatTensor> inputs) {
        return operator.evaluate(this, inputs);
    }

    /** A result before the clamp, clamped. */
    public FloatTensor clamped(FloatTensor result) {
        if (clamp.isAll()) {
            return result;
        }
        FloatTensor clamped = result.copy();
        for (int i = 0; i < clamped.size(); i++) {
            clamped.set(i, clamp.clamp(clamped.get(i)));
        }
        return clamped;
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return operator.infer(attributes, inputs);
    }
}
