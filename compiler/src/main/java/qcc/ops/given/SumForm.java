package qcc.ops.given;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import qcc.ops.Constant.CType;
import qcc.ops.Conv2d;
import qcc.ops.Dense;
import qcc.ops.DepthwiseConv2d;
import qcc.ops.IntegerOperation;
import qcc.ops.ParameterSpec;
import qcc.ops.QuantizedSum;
import qcc.ops.Requantization;
import qcc.ops.WeightedOperator;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * Convolutions and dense layers: {@code weight} (int8) and {@code bias} (int32, in units of the accumulator) in the
 * layouts of the real-valued layer.
 *
 * @param <A> the operator's arguments
 * @param <I> its integer operation
 */
final class SumForm<A extends Record, I extends IntegerOperation> extends GivenForm<A> {
    private final WeightedOperator<A> operator;
    private final Class<I> type;
    private final Function<I, A> attributes;
    private final Function<I, QuantizedSum> sum;

    private SumForm(WeightedOperator<A> operator, Class<I> type, Function<I, A> attributes,
            Function<I, QuantizedSum> sum) {
        super(operator);
        this.operator = operator;
        this.type = type;
        this.attributes = attributes;
        this.sum = sum;
    }

    static GivenForm<?> conv2d() {
        return new SumForm<>(new Conv2d(), Conv2d.Int8.class, operation -> {
            Conv2d.Geometry g = operation.geometry();
            return new Conv2d.Attributes(g.outC(), Windows.kernel(g.window()), Windows.stride(g.window()),
                    Windows.padding(g.window()), Windows.dilation(g.window()), g.groups(), true);
        }, o -> sum(o.weights(), o.bias(), o.requantization()));
    }

    static GivenForm<?> depthwise() {
        return new SumForm<>(new DepthwiseConv2d(), DepthwiseConv2d.Int8.class, operation -> {
            DepthwiseConv2d.Geometry g = operation.geometry();
            return new DepthwiseConv2d.Attributes(Windows.kernel(g.window()), Windows.stride(g.window()),
                    Windows.padding(g.window()), Windows.dilation(g.window()), g.multiplier(), true);
        }, o -> sum(o.weights(), o.bias(), o.requantization()));
    }

    static GivenForm<?> dense() {
        return new SumForm<>(new Dense(), Dense.Int8.class,
                operation -> new Dense.Attributes(operation.geometry().out(), true),
                o -> sum(o.weights(), o.bias(), o.requantization()));
    }

    private static QuantizedSum sum(IntTensor weights, IntTensor bias, Requantization requantization) {
        return new QuantizedSum(weights, bias, List.of(), requantization);
    }

    @Override
    Optional<GivenLayer<A>> describe(IntegerOperation operation, GivenContext context) {
        if (!type.isInstance(operation)) {
            return Optional.empty();
        }
        A arguments = attributes.apply(type.cast(operation));
        QuantizedSum parts = sum.apply(type.cast(operation));
        Map<String, IntTensor> arrays = new HashMap<>(Rules.arrays(parts.requantization()));
        arrays.put(WeightedOperator.WEIGHT, operator.inParameterLayout(arguments,
                shape(WeightedOperator.WEIGHT, arguments, context), parts.weights()));
        arrays.put(WeightedOperator.BIAS, QuantizedSum.addPerChannel(parts.bias(), parts.weights(),
                context.input().quantized().zeroPoint()));
        return Optional.of(new GivenLayer<>(operator, arguments, Rules.options(parts.requantization()), arrays));
    }

    @Override
    IntegerOperation restore(A arguments, GivenOptions options, GivenArrays arrays, GivenContext context) {
        IntTensor weight = arrays.get(WeightedOperator.WEIGHT, CType.INT8,
                List.of(shape(WeightedOperator.WEIGHT, arguments, context)));
        int channels = operator.infer(arguments, context.shapes()).last();
        IntTensor bias = arrays.get(WeightedOperator.BIAS, CType.INT32, List.of(Shape.of(channels)));
        return operator.ofIntegers(arguments, context.input(), weight, bias,
                Rules.restore(channels, options, arrays, context));
    }

    private Shape shape(String parameter, A arguments, GivenContext context) {
        return operator.parameters(arguments, context.shapes()).stream()
                .filter(spec -> spec.name().equals(parameter)).map(ParameterSpec::shape).findFirst().orElseThrow();
    }
}
