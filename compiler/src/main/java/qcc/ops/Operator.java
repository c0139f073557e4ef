package qcc.ops;

import java.util.List;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.attributes.AttributeSchema;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * All that is true of one operator of QDSL.
 *
 * @param <A> the operator's arguments
 */
public abstract class Operator<A extends Record> {
    private final String name;
    private final String summary;
    private final AttributeSchema<A> schema;

    protected Operator(String name, String summary, Class<A> attributes) {
        this.name = name;
        this.summary = summary;
        this.schema = new AttributeSchema<>(attributes);
    }

    public final String name() {
        return name;
    }

    /** One line for the documentation. */
    public final String summary() {
        return summary;
    }

    public final AttributeSchema<A> schema() {
        return schema;
    }

    /** The number of input tensors that the operator takes. */
    public Arity arity() {
        return Arity.ONE;
    }

    /** The shape of the result; throws {@link ShapeException} when the operator is not defined for the inputs. */
    public abstract Shape infer(A attributes, List<Shape> inputs);

    /** The trained arrays that a layer has, for inputs that {@link #infer} accepts. */
    public List<ParameterSpec> parameters(A attributes, List<Shape> inputs) {
        return List.of();
    }

    /** The real-valued meaning, without the layer's fused clamp. */
    public abstract FloatTensor evaluate(Layer<A> layer, List<FloatTensor> inputs);

    /** How the integers of the result are related to real values. */
    public OutputScale outputScale(A attributes) {
        return OutputScale.OWN;
    }

    /** The fixed quantisation of a result whose scale is {@link OutputScale#FIXED}. */
    public Quantization fixedQuantization() {
        throw new IllegalStateException(name + " has no fixed quantisation");
    }

    /** True when a clamp that follows (relu, clip) costs nothing inside this operator's saturation. */
    public boolean fusesClamp() {
        return false;
    }

    /**
     * True when multiplying one channel of the only input by a positive factor does the same to that channel of the
     * result and to nothing else. Channels are the last axis; element i of a flattened image belongs to channel i
     * modulo their number.
     */
    public boolean scalesWithInput() {
        return false;
    }

    /** True when the mean of a channel of the result is that of the input, wherever channels are counted as above. */
    public boolean keepsMean() {
        return false;
    }

    /**
     * True when the integer form exists for inputs and results of int16, in any combination with int8; of operators
     * that take over the scale of their input, for both int16.
     */
    public boolean takesInt16(A attributes) {
        return false;
    }

    /** The quantisation rule: emits the integer operations that compute this layer, and returns their result. */
    public abstract Value lower(Layer<A> layer, Lowering lowering);

    /** The layer with its trained arrays rounded to what their integers can say: quantisation simulated in reals. */
    public Layer<A> simulate(Layer<A> layer, Lowering lowering) {
        return layer;
    }

    /** Complete small uses, for the documentation and the conformance suite. */
    public abstract List<Example> examples();

    @Override
    public final String toString() {
        return name;
    }
}
