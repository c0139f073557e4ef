package qcc.ops.given;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import qcc.ops.AvgPool;
import qcc.ops.Concat;
import qcc.ops.Constant.CType;
import qcc.ops.ConstantTensor;
import qcc.ops.FixedTensor;
import qcc.ops.GlobalAvgPool;
import qcc.ops.IntegerOperation;
import qcc.ops.MaxPool;
import qcc.ops.NoAttributes;
import qcc.ops.Pad;
import qcc.ops.PoolAttributes;
import qcc.ops.Reshape;
import qcc.ops.ShapeException;
import qcc.ops.Slice;
import qcc.ops.Transpose;
import qcc.ops.Upsample;
import qcc.ops.View;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.ops.tflite.TfliteAveragePool;
import qcc.ops.tflite.TfliteMean;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Pools, and operators that only move values. */
final class ShapeForms {
    private ShapeForms() {
    }

    static List<GivenForm<?>> all() {
        return List.of(constant(), reshape(), maxPool(), averagePools(), means(), pad(), upsample(), slice(), concat(),
                transpose());
    }

    private static GivenForm<?> constant() {
        return new OperationForm<>(new FixedTensor(), ConstantTensor.class,
                (constant, context) -> Optional.of(new FixedTensor.Attributes(constant.data().shape())),
                constant -> GivenOptions.NONE, constant -> Map.of(FixedTensor.VALUE, constant.data()),
                (attributes, options, arrays, context) -> ConstantTensor.of(
                        arrays.get(FixedTensor.VALUE, CType.INT8, List.of(attributes.shape()))));
    }

    private static GivenForm<?> reshape() {
        return new OperationForm<>(new Reshape(), View.class,
                (view, context) -> Optional.of(new Reshape.Attributes(view.shape())), view -> GivenOptions.NONE,
                view -> Map.of(), (attributes, options, arrays, context) ->
                        View.of(new Reshape().infer(attributes, context.shapes())));
    }

    private static PoolAttributes pool(Window window) {
        Extent kernel = Windows.kernel(window);
        Extent stride = Windows.stride(window);
        return new PoolAttributes(kernel, stride.equals(kernel) ? Optional.empty() : Optional.of(stride),
                Windows.padding(window));
    }

    private static Window window(PoolAttributes attributes, GivenContext context) {
        return Window.of(context.shape(), attributes.kernel(), attributes.stride().orElse(attributes.kernel()),
                attributes.padding(), new Extent(1, 1));
    }

    private static GivenForm<?> maxPool() {
        return new OperationForm<>(new MaxPool(), MaxPool.Int8.class,
                (pool, context) -> Optional.of(pool(pool.geometry().window())),
                pool -> GivenOptions.of(pool.geometry().lo(), pool.geometry().hi()), pool -> Map.of(),
                (attributes, options, arrays, context) -> new MaxPool.Int8(new MaxPool.Geometry(
                        window(attributes, context), context.shape().last(), options.low(), options.high())));
    }

    private static GivenForm<?> averagePools() {
        return new AlternativeForms<>(Rules.MULTIPLIER, LoweredForms.averagePool(new AvgPool(),
                (pool, context) -> Optional.of(pool(pool.geometry().window()))), averagePool());
    }

    private static GivenForm<?> means() {
        return new AlternativeForms<>(Rules.LEFT, LoweredForms.averagePool(new GlobalAvgPool(),
                (pool, context) -> Optional.of(new NoAttributes())), mean());
    }

    private static GivenForm<PoolAttributes> averagePool() {
        return new OperationForm<>(new AvgPool(), TfliteAveragePool.class,
                (pool, context) -> Optional.of(pool(pool.geometry().window())),
                pool -> GivenOptions.of(pool.geometry().lo(), pool.geometry().hi()), pool -> Map.of(),
                (attributes, options, arrays, context) -> new TfliteAveragePool(new TfliteAveragePool.Geometry(
                        window(attributes, context), context.shape().last(), options.low(), options.high())));
    }

    private static GivenForm<NoAttributes> mean() {
        return new OperationForm<>(new GlobalAvgPool(), TfliteMean.class,
                (mean, context) -> Optional.of(new NoAttributes()), mean -> GivenOptions.NONE,
                mean -> Map.of(Rules.MULTIPLIER, IntTensor.vector(mean.geometry().m()), Rules.SHIFT,
                        IntTensor.vector(mean.geometry().right())),
                (none, options, arrays, context) -> mean(arrays, context));
    }

    private static IntegerOperation mean(GivenArrays arrays, GivenContext context) {
        Shape shape = new GlobalAvgPool().infer(new NoAttributes(), context.shapes());
        IntTensor multiplier = IntTensor.vector(arrays.one(Rules.MULTIPLIER, CType.INT32));
        IntTensor shift = IntTensor.vector(arrays.one(Rules.SHIFT, CType.INT8));
        Rules.requireRange(Rules.MULTIPLIER, multiplier, 0, Integer.MAX_VALUE);
        Rules.requireRange(Rules.SHIFT, shift, -30, 31);
        int channels = context.shape().last();
        return TfliteMean.ofMultiplier(context.shape().size() / channels, channels,
                context.input().quantized().zeroPoint(), context.output().zeroPoint(), multiplier.get(0),
                shift.get(0), context.steps(), shape);
    }

    private static GivenForm<?> pad() {
        return new OperationForm<>(new Pad(), Pad.Int8.class,
                (pad, context) -> Optional.of(new Pad.Attributes(new Padding.Explicit(pad.geometry().top(),
                        pad.geometry().bottom(), pad.geometry().left(), pad.geometry().right()))),
                pad -> GivenOptions.NONE, pad -> Map.of(),
                (attributes, options, arrays, context) -> {
                    Padding.Explicit p = attributes.padding();
                    Shape image = context.shape();
                    return new Pad.Int8(new Pad.Geometry(image.dim(0), image.dim(1), image.last(), p.top(),
                            p.bottom(), p.left(), p.right(), context.output().zeroPoint()));
                });
    }

    private static GivenForm<?> upsample() {
        return new OperationForm<>(new Upsample(), Upsample.Int8.class,
                (upsample, context) -> Optional.of(new Upsample.Attributes(
                        new Extent(upsample.geometry().factorH(), upsample.geometry().factorW()))),
                upsample -> GivenOptions.NONE, upsample -> Map.of(),
                (attributes, options, arrays, context) -> new Upsample.Int8(new Upsample.Geometry(
                        context.shape().dim(0), context.shape().dim(1), context.shape().last(),
                        attributes.factor().height(), attributes.factor().width())));
    }

    private static GivenForm<?> slice() {
        return new OperationForm<>(new Slice(), Slice.Int8.class,
                (slice, context) -> Slice.attributes(slice.geometry(), context.shape()), slice -> GivenOptions.NONE,
                slice -> Map.of(), (attributes, options, arrays, context) ->
                        Slice.integerForm(attributes, context.shape()));
    }

    private static GivenForm<?> concat() {
        return new OperationForm<>(new Concat(), Concat.Int8.class,
                (concat, context) -> axis(concat, context).map(Concat.Attributes::new), concat -> GivenOptions.NONE,
                concat -> Map.of(), (attributes, options, arrays, context) ->
                        Concat.integerForm(attributes, context.shapes()));
    }

    /** The last axis that gives the operation. */
    private static Optional<Integer> axis(Concat.Int8 concat, GivenContext context) {
        int rank = context.shape().rank();
        return IntStream.iterate(-1, axis -> axis >= -rank, axis -> axis - 1).boxed()
                .filter(axis -> gives(concat, new Concat.Attributes(axis), context.shapes())).findFirst();
    }

    private static boolean gives(Concat.Int8 concat, Concat.Attributes attributes, List<Shape> shapes) {
        try {
            return Concat.integerForm(attributes, shapes).equals(concat);
        } catch (ShapeException e) {
            return false;
        }
    }

    private static GivenForm<?> transpose() {
        return new OperationForm<>(new Transpose(), Transpose.Int8.class,
                (transpose, context) -> Transpose.attributes(transpose, context.shape()),
                transpose -> GivenOptions.NONE, transpose -> Map.of(),
                (attributes, options, arrays, context) -> Transpose.integerForm(attributes, context.shape()));
    }
}
