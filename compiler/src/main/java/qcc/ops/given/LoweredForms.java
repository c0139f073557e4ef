package qcc.ops.given;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import qcc.diagnostics.Code;
import qcc.ops.AveragePooling;
import qcc.ops.Constant.CType;
import qcc.ops.NoAttributes;
import qcc.ops.Operator;
import qcc.ops.Requantization;
import qcc.ops.Softmax;
import qcc.ops.WeightedAddition;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The integer operations that operators of QDSL are lowered to, where TFLite has others for the same operators. */
final class LoweredForms {
    /** The arrays that tell these operations from TFLite's. */
    static final String FACTOR = "factor";
    static final String RATIO = "ratio";
    private static final String BITS = "bits";
    private static final String BIAS = "bias";
    private static final String TABLE = "table";
    private static final int MAX_FACTOR = 1 << WeightedAddition.FACTOR_BITS;

    private LoweredForms() {
    }

    /** A sum for the sign 1, a difference for -1: the second factor carries the sign. */
    static GivenForm<NoAttributes> addition(Operator<NoAttributes> operator, int sign) {
        return new OperationForm<>(operator, WeightedAddition.Int8.class,
                (sum, context) -> sum.geometry().m2() * sign >= 0 ? Optional.of(new NoAttributes()) : Optional.empty(),
                sum -> GivenOptions.of(sum.geometry().lo(), sum.geometry().hi()),
                sum -> Map.of(FACTOR, IntTensor.vector(sum.geometry().m1(), sum.geometry().m2()),
                        BIAS, IntTensor.vector(sum.geometry().bias()),
                        Rules.SHIFT, IntTensor.vector(sum.geometry().shift())),
                (none, options, arrays, context) -> {
                    IntTensor factors = arrays.get(FACTOR, CType.INT32, List.of(Shape.of(2)));
                    IntTensor shift = IntTensor.vector(arrays.one(Rules.SHIFT, CType.UINT8));
                    Rules.requireRange(FACTOR, factors, -MAX_FACTOR, MAX_FACTOR);
                    Rules.requireRange(Rules.SHIFT, shift, 0, 31);
                    return new WeightedAddition.Int8(new WeightedAddition.Geometry(context.shape().size(),
                            context.inputs().get(1).shape().size(), factors.get(0), factors.get(1),
                            arrays.one(BIAS, CType.INT32), shift.get(0), options.low(), options.high()));
                });
    }

    static GivenForm<NoAttributes> softmax() {
        return new OperationForm<>(new Softmax(), Softmax.Int8.class,
                (softmax, context) -> Optional.of(new NoAttributes()), softmax -> GivenOptions.NONE,
                softmax -> Map.of(TABLE, softmax.table(), RATIO, IntTensor.vector(softmax.geometry().ratio()),
                        BITS, IntTensor.vector(softmax.geometry().bits())),
                (none, options, arrays, context) -> {
                    IntTensor table = Rules.exponentials(TABLE, arrays);
                    IntTensor ratio = IntTensor.vector(arrays.one(RATIO, CType.INT32));
                    IntTensor bits = IntTensor.vector(arrays.one(BITS, CType.UINT8));
                    Rules.requireRange(RATIO, ratio, 1, 1 << 30);
                    Rules.requireRange(BITS, bits, 0, Softmax.MAX_BITS);
                    int n = context.shape().last();
                    return new Softmax.Int8(new Softmax.Geometry(context.shape().size() / n, n, table.size(),
                            ratio.get(0), bits.get(0), context.output().zeroPoint()), table);
                });
    }

    /** The mean of windows; {@code attributes} gives the operator's arguments for an operation. */
    static <A extends Record> GivenForm<A> averagePool(AveragePooling<A> operator,
            BiFunction<AveragePooling.Int8, GivenContext, Optional<A>> attributes) {
        return new OperationForm<>(operator, AveragePooling.Int8.class, attributes,
                pool -> Rules.options(pool.requantization()), pool -> Rules.arrays(pool.requantization()),
                (arguments, options, arrays, context) -> {
                    int counts = operator.counts(arguments, context.shape());
                    Requantization requantization = Rules.restore(counts, options, arrays, context);
                    if (!(requantization.rule() instanceof Requantization.Multiply)) {
                        throw new GivenException(Code.E403, "a mean needs `multiplier` and `left`");
                    }
                    return operator.integerForm(arguments, context.shape(), context.input().quantized().zeroPoint(),
                            requantization);
                });
    }
}
