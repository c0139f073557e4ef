package qcc.writer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import qcc.ir.Node;
import qcc.ir.Quantization;
import qcc.numpy.ElementType;
import qcc.numpy.NumpyArray;
import qcc.ops.IntegerOperation;
import qcc.ops.Layer;
import qcc.ops.LayerOptions;
import qcc.ops.Operator;
import qcc.ops.attributes.AttributeSchema;
import qcc.ops.attributes.Literal;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.ops.given.GivenContext;
import qcc.ops.given.GivenForms;
import qcc.ops.given.GivenLayer;
import qcc.ops.given.GivenOptions;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * What is written of a layer.
 *
 * @param operator  its name
 * @param arguments by name, in the operator's order; those that have their default value are left out
 * @param fallbacks the arguments that can be left out, with their default values
 * @param arrays    what stands in the parameter file, by the last part of the name
 */
record LayerText(String operator, Map<String, Literal> arguments, Map<String, Literal> fallbacks,
        Map<String, NumpyArray> arrays) {
    private static final AttributeSchema<LayerOptions> OPTIONS = new AttributeSchema<>(LayerOptions.class);
    private static final AttributeSchema<GivenOptions> GIVEN_OPTIONS = new AttributeSchema<>(GivenOptions.class);
    private static final String FULL_RANGE = "[-128, 127]";

    /**
     * The text of a layer; nothing if QDSL has no words for it.
     *
     * @param steps the rounding of a network that is quantised already
     */
    static Optional<LayerText> of(Node node, RoundingSteps steps) {
        if (node.operation() instanceof Layer<?> layer) {
            return Optional.of(real(layer));
        }
        GivenContext context = new GivenContext(node.inputs(), node.output().quantized(), steps);
        return GivenForms.describe((IntegerOperation) node.operation(), context).map(layer -> given(layer, node));
    }

    private static <A extends Record> LayerText real(Layer<A> layer) {
        Map<String, Literal> arguments = arguments(layer.operator(), layer.attributes());
        arguments.putAll(OPTIONS.literals(layer.options()));
        Map<String, NumpyArray> arrays = new TreeMap<>();
        layer.parameters().forEach((name, tensor) -> arrays.put(name, array(tensor)));
        return new LayerText(layer.operator().name(), arguments, fallbacks(layer.operator()), arrays);
    }

    private static <A extends Record> LayerText given(GivenLayer<A> layer, Node node) {
        Map<String, Literal> arguments = arguments(layer.operator(), layer.attributes());
        arguments.putAll(GIVEN_OPTIONS.literals(layer.options()));
        Map<String, Literal> fallbacks = fallbacks(layer.operator());
        fallbacks.put(GIVEN_OPTIONS.names().get(0), Literal.parse(FULL_RANGE));
        Map<String, NumpyArray> arrays = new TreeMap<>();
        layer.arrays().forEach((name, tensor) -> arrays.put(name, array(tensor)));
        boolean isLikeInput = !node.inputs().isEmpty()
                && node.output().quantization().equals(node.inputs().get(0).quantization());
        if (!isLikeInput) {
            arrays.putAll(quantization(node.output().quantized()));
        }
        return new LayerText(layer.operator().name(), arguments, fallbacks, arrays);
    }

    private static <A extends Record> Map<String, Literal> arguments(Operator<A> operator, A attributes) {
        return new LinkedHashMap<>(operator.schema().literals(attributes));
    }

    private static Map<String, Literal> fallbacks(Operator<?> operator) {
        Map<String, Literal> fallbacks = new LinkedHashMap<>();
        operator.schema().fields().stream().filter(field -> !field.fallback().isEmpty())
                .forEach(field -> fallbacks.put(field.name(), Literal.parse(field.fallback())));
        return fallbacks;
    }

    /** The arrays that say what integers mean. */
    static Map<String, NumpyArray> quantization(Quantization quantization) {
        int[] one = {1};
        return Map.of("scale", NumpyArray.ofFloats(one, (float) quantization.scale().toDouble()),
                "zero_point", NumpyArray.ofInts(ElementType.INT8, one, quantization.zeroPoint()));
    }

    private static NumpyArray array(FloatTensor tensor) {
        float[] values = new float[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i);
        }
        return NumpyArray.ofFloats(extents(tensor.shape()), values);
    }

    /** In the smaller of int8 and int32 that holds all values. */
    private static NumpyArray array(IntTensor tensor) {
        int[] values = new int[tensor.size()];
        boolean isSmall = true;
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i);
            isSmall &= values[i] == (byte) values[i];
        }
        return NumpyArray.ofInts(isSmall ? ElementType.INT8 : ElementType.INT32, extents(tensor.shape()), values);
    }

    private static int[] extents(Shape shape) {
        return shape.dims().stream().mapToInt(Integer::intValue).toArray();
    }

    /** True for a layer with arrays of its own, beside what its integers mean. */
    boolean isTrained() {
        return arrays.containsKey("weight");
    }

    /** The value of an argument, given or not; nothing if the layer has no value for it. */
    Optional<Literal> value(String argument) {
        return Optional.ofNullable(arguments.getOrDefault(argument, fallbacks.get(argument)));
    }
}
