package qcc.importer.tflite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.Pool2DOptions;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.AvgPool;
import qcc.ops.GlobalAvgPool;
import qcc.ops.MaxPool;
import qcc.ops.NoAttributes;
import qcc.ops.PoolAttributes;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.ops.tflite.TfliteAveragePool;
import qcc.ops.tflite.TfliteMean;
import qcc.tensor.Shape;

/** AVERAGE_POOL_2D, MAX_POOL_2D and MEAN. */
final class Pools {
    private static final Extent ONE = new Extent(1, 1);

    private Pools() {
    }

    /** The options of pools. */
    private record Pool(Extent kernel, Sliding sliding) {

        static Pool of(Call call) {
            return call.options(BuiltinOptions.Pool2DOptions, new Pool2DOptions(),
                    o -> new Pool(new Extent(o.filterH(), o.filterW()),
                            Sliding.of(o.strideH(), o.strideW(), 1, 1, o.padding(), o.activation())));
        }

        Window window(Shape image) {
            return sliding.window(image, kernel);
        }

        PoolAttributes attributes() {
            return new PoolAttributes(kernel, Optional.of(sliding.stride()), sliding.padding());
        }
    }

    static void average(Call call) {
        Pool pool = Pool.of(call);
        Value image = call.image(0);
        Window window = pool.window(image.shape());
        if (!call.isInteger()) {
            call.layer(new AvgPool(), pool.attributes(), Map.of(), pool.sliding().clamp(), List.of(image));
            return;
        }
        call.requireSameQuantization(call.in(0), call.out());
        Quantization output = Call.quantization(call.out());
        call.emit(new TfliteAveragePool(new TfliteAveragePool.Geometry(window, image.shape().last(),
                Activations.low(pool.sliding().clamp(), call.out(), output),
                Activations.high(pool.sliding().clamp(), call.out(), output))), List.of(image));
    }

    static void max(Call call) {
        Pool pool = Pool.of(call);
        Value image = call.image(0);
        Window window = pool.window(image.shape());
        if (!call.isInteger()) {
            call.layer(new MaxPool(), pool.attributes(), Map.of(), pool.sliding().clamp(), List.of(image));
            return;
        }
        call.requireSameQuantization(call.in(0), call.out());
        Quantization output = Call.quantization(call.out());
        call.emit(new MaxPool.Int8(new MaxPool.Geometry(window, image.shape().last(),
                Activations.low(pool.sliding().clamp(), call.out(), output),
                Activations.high(pool.sliding().clamp(), call.out(), output))), List.of(image));
    }

    static void mean(Call call) {
        Value x = call.value(0);
        TensorInfo in = call.in(0);
        TreeSet<Integer> axes = new TreeSet<>();
        call.constants().list(call.in(1)).forEach(axis -> axes.add(Tensors.axis(in, axis)));
        if (axes.isEmpty() || axes.last() - axes.first() != axes.size() - 1) {
            throw new Unsupported("a mean over the axes " + axes + " is not supported", "only neighbouring axes are");
        }
        int outer = product(in.dims().subList(0, axes.first()));
        int count = product(in.dims().subList(axes.first(), axes.last() + 1));
        int inner = product(in.dims().subList(axes.last() + 1, in.dims().size()));
        if (call.isInteger()) {
            call.emit(TfliteMean.of(outer, count, inner, x.quantized(), Call.quantization(call.out()), call.steps(),
                    Tensors.shape(call.out())), List.of(x));
        } else if (outer == 1) {
            call.layer(new GlobalAvgPool(), new NoAttributes(),
                    List.of(call.reshaped(x, Shape.of(count, 1, inner))));
        } else {
            Value image = call.reshaped(x, Shape.of(outer, count, inner));
            call.layer(new AvgPool(), new PoolAttributes(new Extent(1, count), Optional.of(ONE), new Padding.Valid()),
                    List.of(image));
        }
    }

    private static int product(List<Integer> dims) {
        return dims.stream().reduce(1, Math::multiplyExact);
    }
}
