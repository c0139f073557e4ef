package qcc.importer.tflite;

import com.google.flatbuffers.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import qcc.ir.Interval;
import qcc.ir.Operation;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.ops.LayerOptions;
import qcc.ops.Operator;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** One use of an operator while it becomes nodes of the graph: what converters work with. */
final class Call {
    private final GraphImporter graph;
    private final OperatorInfo info;
    private final String name;

    Call(GraphImporter graph, OperatorInfo info, String name) {
        this.graph = graph;
        this.info = info;
        this.name = name;
    }

    int inputs() {
        return info.inputs().size();
    }

    int outputs() {
        return info.outputs().size();
    }

    /** An input that the operator must have. */
    TensorInfo in(int index) {
        return optionalIn(index).orElseThrow(() -> new MalformedModel("operator " + info.index() + " has no input "
                + index));
    }

    Optional<TensorInfo> optionalIn(int index) {
        return index < info.inputs().size() && info.inputs().get(index) >= 0
                ? Optional.of(graph.tensor(info.inputs().get(index))) : Optional.empty();
    }

    TensorInfo out(int index) {
        if (index >= info.outputs().size()) {
            throw new MalformedModel("operator " + info.index() + " has no output " + index);
        }
        return graph.tensor(info.outputs().get(index));
    }

    TensorInfo out() {
        return out(0);
    }

    <T extends Table, R> R options(byte type, T empty, Function<T, R> read) {
        return info.options(type, empty, read);
    }

    /** True when the graph holds integers. */
    boolean isInteger() {
        return graph.isInteger();
    }

    RoundingSteps steps() {
        return graph.steps();
    }

    Constants constants() {
        return graph.constants();
    }

    /** The value of an input; a constant one becomes a node of its own. */
    Value value(int index) {
        return graph.value(in(index));
    }

    /** The value of an input of the network; in an INTEGER graph it has the quantisation of {@code form}. */
    Value border(int index, TensorInfo form) {
        Value value = graph.value(in(index));
        if (!value.quantized().equals(quantization(form))) {
            throw new Unsupported("input " + in(index) + " is quantised in more than one way", "quantise it once");
        }
        return value;
    }

    boolean isNetworkInput(TensorInfo tensor) {
        return graph.isNetworkInput(tensor);
    }

    boolean isReadByOperators(TensorInfo tensor) {
        return graph.isReadByOperators(tensor);
    }

    /** Gives a tensor the value of another. */
    void alias(TensorInfo tensor, Value value) {
        graph.alias(tensor, value);
    }

    /** The value of an image [height, width, channels]. */
    Value image(int index) {
        Value value = value(index);
        if (in(index).dims().size() != 4 || value.shape().rank() != 3) {
            throw new Unsupported("input " + in(index) + " is not one image [1, height, width, channels]",
                    "export the model with batch size 1");
        }
        return value;
    }

    /** The quantisation of a tensor of an INTEGER graph. */
    static Quantization quantization(TensorInfo tensor) {
        return Tensors.quantization(tensor);
    }

    /** Appends an operation whose result is the call's only output. */
    void emit(Operation operation, List<Value> inputs) {
        emit(0, operation, inputs);
    }

    /** Appends an operation whose result is output {@code index}. */
    void emit(int index, Operation operation, List<Value> inputs) {
        graph.emit(nameOf(index), out(index), operation, inputs);
    }

    /** Appends a layer; in an INTEGER graph, by the operator's own rule, which must not change any scale. */
    <A extends Record> void layer(Operator<A> operator, A attributes, List<Value> inputs) {
        layer(0, operator, attributes, inputs);
    }

    <A extends Record> void layer(int index, Operator<A> operator, A attributes, List<Value> inputs) {
        Layer<A> layer = Layer.plain(operator, attributes);
        if (isInteger()) {
            graph.lower(nameOf(index), out(index), layer, inputs);
        } else {
            emit(index, layer, inputs);
        }
    }

    /** A real-valued layer with trained arrays and a fused activation. */
    <A extends Record> void layer(Operator<A> operator, A attributes,
            Map<String, FloatTensor> parameters, Interval clamp, List<Value> inputs) {
        emit(new Layer<>(operator, attributes, parameters, clamp, LayerOptions.NONE), inputs);
    }

    /** Appends a layer before the last one; {@code role} becomes part of its name. */
    Value helper(String role, Operation operation, List<Value> inputs, Optional<Quantization> quantization) {
        return graph.append(graph.unique(name + "_" + role), operation, inputs, quantization);
    }

    /** A value under another shape of the same size. */
    Value reshaped(Value value, Shape shape) {
        return graph.reshaped(value, shape, name + "_view");
    }

    /** Refuses tensors of other types than the graph's. */
    void requireSameQuantization(TensorInfo a, TensorInfo b) {
        if (isInteger() && !quantization(a).equals(quantization(b))) {
            throw new Unsupported(a + " and " + b + " differ in scale or zero point",
                    "TFLite itself asks for equal ones here; convert the model again");
        }
    }

    private String nameOf(int output) {
        return output == 0 ? name : graph.unique(name + "_" + output);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (operator %d, `%s`)", Converters.name(info), info.index(), name);
    }
}
