package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import qcc.ir.Quantization;
import qcc.ops.Layer;
import qcc.ops.NoAttributes;
import qcc.ops.Operator;
import qcc.ops.Reshape;
import qcc.ops.Transpose;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** What the importer of a node sees: its operands, the graph to add to, and ways to bring an operand into an order. */
final class Scope {
    private final OnnxNode node;
    private final List<Operand> operands;
    private final int version;
    private final Emitter emitter;
    private final Map<Integer, Operand> further = new HashMap<>();

    /**
     * @param operands one for each input of the node, null where it is not given
     * @param version  of the operator set that the node belongs to
     */
    Scope(OnnxNode node, List<Operand> operands, int version, Emitter emitter) {
        this.node = node;
        this.operands = operands;
        this.version = version;
        this.emitter = emitter;
    }

    OnnxNode node() {
        return node;
    }

    Attributes attributes() {
        return node.attributes();
    }

    int version() {
        return version;
    }

    int operandCount() {
        return operands.size();
    }

    Optional<Operand> operand(int index) {
        return index < operands.size() ? Optional.ofNullable(operands.get(index)) : Optional.empty();
    }

    /** Defines an output of the node other than its first. */
    void define(int output, Operand operand) {
        further.put(output, operand);
    }

    /** An output other than the first; {@link Unknown} where it was not defined. */
    Operand further(int output) {
        return further.getOrDefault(output, new Unknown());
    }

    /** An operand that must be given. */
    Operand required(int index) {
        return operand(index).orElseThrow(() -> ImportException.invalid("input " + index + " is missing"));
    }

    /** An operand that the network computes, of any kind of elements. */
    Activation activation(int index) {
        Operand operand = required(index);
        if (operand instanceof KnownTensor tensor && tensor.type().isReal()) {
            return constant(tensor, Activation.axes(tensor.dims().size()));
        }
        if (operand instanceof Activation activation) {
            return activation;
        }
        throw ImportException.unsupported("input " + index + " is a constant", "it must be computed from the inputs");
    }

    /**
     * A constant as an operand like any other.
     *
     * @param axes of the constant in the order in which it shall be stored
     */
    Activation constant(KnownTensor tensor, List<Integer> axes) {
        List<Integer> order = Activation.moving(tensor.dims(), axes);
        List<Integer> extents = Activation.extents(tensor.dims(), order);
        FloatTensor values = FloatTensor.zeros(new Shape(extents.isEmpty() ? List.of(1) : extents));
        IntUnaryOperator element = new Activation(null, tensor.dims(), tensor.dims(), order, false).rowMajorIndices();
        for (int i = 0; i < values.size(); i++) {
            values.set(i, tensor.get(element.applyAsInt(i)));
        }
        return Activation.of(emitter.constant(node, values, tensor.meaning()), tensor.dims(), order, false);
    }

    /** An operand that the network computes, of real numbers. */
    Activation real(int index) {
        Activation activation = activation(index);
        if (activation.integers()) {
            throw ImportException.unsupported("arithmetic on quantised integers",
                    "dequantise them first, as QDQ models do");
        }
        return activation;
    }

    /** An operand that must be a constant, when it is given. */
    Optional<KnownTensor> known(int index) {
        return operand(index).map(operand -> {
            if (operand instanceof KnownTensor tensor) {
                return tensor;
            }
            throw ImportException.unsupported("input " + index + " is computed from the inputs",
                    "only a constant is supported here");
        });
    }

    KnownTensor requiredKnown(int index) {
        required(index);
        return known(index).orElseThrow();
    }

    /** Integers that are an attribute in old versions of an operator and an input in new ones. */
    Optional<List<Integer>> integers(String attribute, int input) {
        Optional<List<Integer>> given = attributes().integers(attribute);
        return given.isPresent() ? given : known(input).map(KnownTensor::ints);
    }

    /** An axis as 0 .. rank - 1. */
    int axis(int axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw ImportException.invalid("axis " + axis + " does not exist in a tensor of rank " + rank);
        }
        return Math.floorMod(axis, rank);
    }

    /**
     * The elements stored along the given axes of {@code activation.dims()}: all that have more than one index, and
     * those of extent 1 that shall show in the stored shape.
     */
    Source stored(Activation activation, List<Integer> axes) {
        List<Integer> extents = Activation.extents(activation.dims(), axes);
        Shape wanted = new Shape(extents.isEmpty() ? List.of(1) : extents);
        List<Integer> order = Activation.moving(activation.dims(), axes);
        if (activation.isReshaped()) {
            Source plain = stored(Activation.of(activation.source(), activation.base(), activation.order(), false),
                    Activation.axes(activation.base().size()));
            Activation reshaped = Activation.plain(plain, activation.dims(), false);
            return stored(reshaped, axes);
        }
        if (activation.order().equals(order)) {
            return reshaped(activation.source(), wanted);
        }
        Source compact = reshaped(activation.source(),
                new Shape(Activation.extents(activation.dims(), activation.order())));
        List<Integer> permutation = order.stream().map(activation.order()::indexOf).toList();
        if (permutation.size() > 4) {
            throw ImportException.unsupported("a transpose of " + permutation.size() + " axes is needed here",
                    "tensors of up to 4 axes, beside the batch, are supported");
        }
        return reshaped(add(new Transpose(), new Transpose.Attributes(new Shape(permutation)), compact), wanted);
    }

    /** The elements in row-major order, under the shape without a leading batch axis. */
    Source plain(Activation activation) {
        return stored(activation, withoutBatch(activation.dims(), Activation.axes(activation.dims().size())));
    }

    /** The axes without axis 0, where that has the extent 1 and is not the only one. */
    static List<Integer> withoutBatch(List<Integer> dims, List<Integer> axes) {
        List<Integer> kept = new ArrayList<>(axes);
        if (dims.size() > 1 && dims.get(0) == 1) {
            kept.remove(Integer.valueOf(0));
        }
        return kept;
    }

    /** The same bytes under another shape. */
    Source reshaped(Source source, Shape shape) {
        return source.shape().equals(shape) ? source : add(new Reshape(), new Reshape.Attributes(shape), source);
    }

    /** Adds a layer without trained arrays. */
    <A extends Record> Source add(Operator<A> operator, A attributes, Source... inputs) {
        return emitter.layer(node, Layer.plain(operator, attributes), List.of(inputs));
    }

    Source add(Operator<NoAttributes> operator, Source... inputs) {
        return add(operator, new NoAttributes(), inputs);
    }

    /** Adds a layer whose arrays are real numbers. */
    Source add(Layer<?> layer, Source input) {
        return emitter.layer(node, layer, List.of(input));
    }

    <A extends Record> Source weighted(WeightedOperator<A> operator, A attributes, Weights weights, Source input) {
        return emitter.weighted(node, operator, attributes, weights, input);
    }

    Source quantize(Source input, Quantization quantization) {
        return emitter.quantize(node, input, quantization);
    }

    Source dequantize(Source input, Quantization quantization) {
        return emitter.dequantize(input, quantization);
    }

    Quantization quantization(Source input) {
        return emitter.quantization(input);
    }
}
