package qcc.ops.given;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.diagnostics.Code;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ops.Constant.CType;
import qcc.ops.IntegerOperation;
import qcc.ops.Lookup;
import qcc.ops.Operator;
import qcc.ops.Requantization;
import qcc.ops.RequantizedOperation;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.ops.tflite.TfliteMean;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The operators whose layers can be stated in integers. */
public final class GivenForms {
    private static final List<GivenForm<?>> ALL = Stream.of(
            Stream.of(SumForm.conv2d(), SumForm.depthwise(), SumForm.dense()),
            ElementForms.all().stream(),
            ShapeForms.all().stream()).<GivenForm<?>>flatMap(Function.identity()).toList();
    private static final Map<String, GivenForm<?>> BY_OPERATOR = ALL.stream()
            .collect(Collectors.toMap(form -> form.operator().name(), Function.identity()));

    private GivenForms() {
    }

    /** The rounding in TFLite's rules, which is the same in a whole network; double where there are none. */
    public static RoundingSteps roundingOf(Graph graph) {
        boolean isSingle = graph.nodes().stream().map(Node::operation).anyMatch(operation ->
                operation instanceof TfliteMean mean && mean.geometry().single() == 1
                || operation instanceof RequantizedOperation requantized
                && requantized.requantization().rule() instanceof Requantization.Tflite rule
                && rule.steps() == RoundingSteps.SINGLE);
        return isSingle ? RoundingSteps.SINGLE : RoundingSteps.DOUBLE;
    }

    /** An integer operation as a layer of QDSL; nothing if no layer has exactly this integer form. */
    public static Optional<GivenLayer<?>> describe(IntegerOperation operation, GivenContext context) {
        for (GivenForm<?> form : ALL) {
            Optional<GivenLayer<?>> layer = describe(form, operation, context);
            if (layer.isPresent()) {
                return layer;
            }
        }
        return Optional.empty();
    }

    private static <A extends Record> Optional<GivenLayer<?>> describe(GivenForm<A> form, IntegerOperation operation,
            GivenContext context) {
        return form.describe(operation, context).filter(layer -> isSame(operation, form.restore(layer.attributes(),
                layer.options(), new Arrays(layer.arrays()), context))).map(Function.identity());
    }

    /** What a table is called does not matter. */
    private static boolean isSame(IntegerOperation operation, IntegerOperation restored) {
        return restored.equals(operation) || operation instanceof Lookup a && restored instanceof Lookup b
                && a.geometry().equals(b.geometry()) && a.table().equals(b.table());
    }

    /**
     * The integer operation of a layer that is stated; throws {@link GivenException} when its integers cannot be used.
     */
    public static <A extends Record> IntegerOperation restore(Operator<A> operator, A attributes,
            GivenOptions options, GivenArrays arrays, GivenContext context) {
        GivenForm<?> form = BY_OPERATOR.get(operator.name());
        if (form == null) {
            throw new GivenException(Code.E302, "`" + operator.name() + "` cannot be stated in integers yet");
        }
        @SuppressWarnings("unchecked")
        GivenForm<A> own = (GivenForm<A>) form;
        return own.restore(attributes, options, arrays, context);
    }

    /** Arrays that come from an operation and so are what they should be. */
    private record Arrays(Map<String, IntTensor> all) implements GivenArrays {
        @Override
        public boolean has(String name) {
            return all.containsKey(name);
        }

        @Override
        public IntTensor get(String name, CType type, List<Shape> shapes) {
            return all.get(name);
        }
    }
}
