package qcc.ops.given;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import qcc.diagnostics.Code;
import qcc.ops.Add;
import qcc.ops.BinaryOperator;
import qcc.ops.Clip;
import qcc.ops.Constant.CType;
import qcc.ops.HardSwish;
import qcc.ops.LeakyRelu;
import qcc.ops.Lookup;
import qcc.ops.Mul;
import qcc.ops.NoAttributes;
import qcc.ops.Operator;
import qcc.ops.Relu;
import qcc.ops.Requantization;
import qcc.ops.Sigmoid;
import qcc.ops.Softmax;
import qcc.ops.Sub;
import qcc.ops.Tanh;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.tflite.TfliteAddition;
import qcc.ops.tflite.TfliteSoftmax;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Operators that work element by element, and softmax. */
final class ElementForms {
    private static final Optional<NoAttributes> NONE = Optional.of(new NoAttributes());
    private static final String TABLE = "table";
    /** The multipliers and shifts of the two operands of a sum. */
    private static final String OPERAND_MULTIPLIER = "operand_multiplier";
    private static final String OPERAND_SHIFT = "operand_shift";

    private ElementForms() {
    }

    static List<GivenForm<?>> all() {
        List<GivenForm<?>> forms = new ArrayList<>(tables());
        forms.addAll(List.of(additions(new Add(), 1), additions(new Sub(), -1), product(),
                new AlternativeForms<>(LoweredForms.RATIO, LoweredForms.softmax(), softmax())));
        return forms;
    }

    private static GivenForm<?> additions(BinaryOperator operator, int sign) {
        return new AlternativeForms<>(LoweredForms.FACTOR, LoweredForms.addition(operator, sign),
                addition(operator, sign));
    }

    private static GivenForm<NoAttributes> addition(BinaryOperator operator, int sign) {
        return new OperationForm<>(operator, TfliteAddition.class,
                (sum, context) -> sum.geometry().sign() == sign ? NONE : Optional.empty(),
                sum -> Rules.options(sum.requantization()),
                sum -> {
                    Map<String, IntTensor> arrays = new HashMap<>(Rules.arrays(sum.requantization()));
                    TfliteAddition.Geometry g = sum.geometry();
                    arrays.put(OPERAND_MULTIPLIER, IntTensor.vector(g.m1(), g.m2()));
                    arrays.put(OPERAND_SHIFT, IntTensor.vector(g.right1(), g.right2()));
                    return arrays;
                },
                (none, options, arrays, context) -> {
                    Requantization requantization = Rules.restore(1, options, arrays, context);
                    if (!(requantization.rule() instanceof Requantization.Tflite)) {
                        throw new GivenException(Code.E403, "a sum needs `multiplier` and `shift`");
                    }
                    return TfliteAddition.of(context.shape().size(), context.inputs().get(1).shape().size(),
                            operand(0, arrays, context), operand(1, arrays, context), sign, requantization);
                });
    }

    private static TfliteAddition.Operand operand(int index, GivenArrays arrays, GivenContext context) {
        IntTensor multipliers = arrays.get(OPERAND_MULTIPLIER, CType.INT32, List.of(Shape.of(2)));
        IntTensor shifts = arrays.get(OPERAND_SHIFT, CType.INT8, List.of(Shape.of(2)));
        Rules.requireRange(OPERAND_MULTIPLIER, multipliers, 1 << 30, Integer.MAX_VALUE);
        Rules.requireRange(OPERAND_SHIFT, shifts, 0, 31);
        return new TfliteAddition.Operand(context.inputs().get(index).quantized().zeroPoint(),
                new QuantizedMultiplier(multipliers.get(index), -shifts.get(index)));
    }

    private static GivenForm<?> product() {
        return new OperationForm<>(new Mul(), Mul.Int8.class, (product, context) -> NONE,
                product -> Rules.options(product.requantization()),
                product -> Rules.arrays(product.requantization()),
                (none, options, arrays, context) -> new Mul.Int8(new Mul.Geometry(context.shape().size(),
                        context.inputs().get(1).shape().size(), context.input().quantized().zeroPoint(),
                        context.inputs().get(1).quantized().zeroPoint(), 0),
                        Rules.restore(1, options, arrays, context)));
    }

    private static GivenForm<NoAttributes> softmax() {
        return new OperationForm<>(new Softmax(), TfliteSoftmax.class, (softmax, context) -> NONE,
                softmax -> GivenOptions.NONE, softmax -> Map.of(TABLE, softmax.table()),
                (none, options, arrays, context) -> {
                    IntTensor table = Rules.exponentials(TABLE, arrays);
                    int n = context.shape().last();
                    return new TfliteSoftmax(new TfliteSoftmax.Geometry(context.shape().size() / n, n, table.size()),
                            table);
                });
    }

    /**
     * Activations: the table says what they compute, their arguments only how people call it. What has no name of its
     * own is called by the range of its results.
     */
    private static List<GivenForm<?>> tables() {
        return List.of(
                table(new Relu(), Set.of("relu")::contains, (lookup, context) -> new NoAttributes()),
                table(new Sigmoid(), Set.of("sigmoid", "logistic")::contains, (lookup, context) -> new NoAttributes()),
                table(new Tanh(), Set.of("tanh")::contains, (lookup, context) -> new NoAttributes()),
                table(new HardSwish(), Set.of("hard_swish")::contains, (lookup, context) -> new NoAttributes()),
                table(new LeakyRelu(), Set.of("leaky_relu")::contains, ElementForms::slope),
                table(new Clip(), name -> true, ElementForms::bounds));
    }

    private static <A extends Record> GivenForm<A> table(Operator<A> operator, Predicate<String> names,
            BiFunction<Lookup, GivenContext, A> attributes) {
        return new OperationForm<>(operator, Lookup.class,
                (lookup, context) -> names.test(lookup.function())
                        ? Optional.of(attributes.apply(lookup, context)) : Optional.empty(),
                lookup -> GivenOptions.NONE, lookup -> Map.of(TABLE, lookup.table()),
                (ignored, options, arrays, context) -> new Lookup(new Lookup.Geometry(context.shape().size()),
                        arrays.get(TABLE, CType.INT8, List.of(Shape.of(256))), operator.name()));
    }

    /** The slope that the table has below zero, to three digits. */
    private static LeakyRelu.Attributes slope(Lookup lookup, GivenContext context) {
        double x = context.input().quantized().dequantize(-128);
        double slope = x == 0 ? 0 : context.output().dequantize(lookup.table().get(0)) / x;
        return new LeakyRelu.Attributes(Math.rint(slope * 1000) / 1000);
    }

    /** The smallest and the largest real value that the table gives. */
    private static Clip.Attributes bounds(Lookup lookup, GivenContext context) {
        IntSummaryStatistics values = IntStream.range(0, 256).map(lookup.table()::get).summaryStatistics();
        return new Clip.Attributes(context.output().dequantize(values.getMin()),
                context.output().dequantize(values.getMax()));
    }
}
