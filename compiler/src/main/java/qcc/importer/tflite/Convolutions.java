package qcc.importer.tflite;

import java.util.List;
import java.util.Map;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.Conv2DOptions;
import qcc.importer.tflite.schema.DepthwiseConv2DOptions;
import qcc.ir.Value;
import qcc.ops.Conv2d;
import qcc.ops.DepthwiseConv2d;
import qcc.ops.WeightedOperator;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.tensor.Shape;

/** CONV_2D and DEPTHWISE_CONV_2D. */
final class Convolutions {
    private Convolutions() {
    }

    /** The factor of convolutions is computed in double precision throughout. */
    private static double factor(float input, float weight, float output) {
        return (double) input * weight / output;
    }

    static void conv2d(Call call) {
        Sliding sliding = call.options(BuiltinOptions.Conv2DOptions, new Conv2DOptions(), o -> Sliding.of(o.strideH(),
                o.strideW(), o.dilationH(), o.dilationW(), o.padding(), o.activation()));
        Value image = call.image(0);
        // [filters, height, width, channels / groups]
        List<Integer> dims = WeightedSums.filterDims(call, 4);
        int filters = dims.get(0);
        Extent kernel = new Extent(dims.get(1), dims.get(2));
        int depth = dims.get(3);
        int channels = image.shape().last();
        if (channels % depth != 0 || filters % (channels / depth) != 0) {
            throw new MalformedModel(filters + " filters over " + depth + " channels do not fit an image of " + channels);
        }
        Window window = sliding.window(image.shape(), kernel);
        int fanIn = kernel.height() * kernel.width() * depth;
        int[] order = new int[filters * fanIn];
        if (call.isInteger()) {
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            WeightedSums.Integers sum = WeightedSums.integers(call, order, filters, 0, sliding.clamp(),
                    Convolutions::factor);
            call.emit(new Conv2d.Int8(new Conv2d.Geometry(window, channels, filters, channels / depth,
                    image.quantized().zeroPoint()), sum.weights(), sum.bias(), sum.requantization()), List.of(image));
            return;
        }
        for (int i = 0; i < order.length; i++) {
            order[i] = i % filters * fanIn + i / filters;
        }
        call.layer(new Conv2d(), new Conv2d.Attributes(filters, kernel, sliding.stride(), sliding.padding(),
                sliding.dilation(), channels / depth, true),
                Map.of(WeightedOperator.WEIGHT, WeightedSums.realWeights(call,
                        Shape.of(kernel.height(), kernel.width(), depth, filters), order),
                        WeightedOperator.BIAS, WeightedSums.realBias(call, filters)),
                sliding.clamp(), List.of(image));
    }

    static void depthwise(Call call) {
        Sliding sliding = call.options(BuiltinOptions.DepthwiseConv2DOptions, new DepthwiseConv2DOptions(),
                o -> Sliding.of(o.strideH(), o.strideW(), o.dilationH(), o.dilationW(), o.padding(), o.activation()));
        Value image = call.image(0);
        // [1, height, width, channels * multiplier]; the multiplier of the options is redundant.
        List<Integer> dims = WeightedSums.filterDims(call, 4);
        Extent kernel = new Extent(dims.get(1), dims.get(2));
        int channels = image.shape().last();
        int filters = dims.get(3);
        if (dims.get(0) != 1 || filters % channels != 0) {
            throw new MalformedModel("depthwise weights " + dims + " do not fit an image of " + channels + " channels");
        }
        Window window = sliding.window(image.shape(), kernel);
        int area = kernel.height() * kernel.width();
        int[] order = new int[filters * area];
        if (call.isInteger()) {
            for (int i = 0; i < order.length; i++) {
                order[i] = i % area * filters + i / area;
            }
            WeightedSums.Integers sum = WeightedSums.integers(call, order, filters, 3, sliding.clamp(),
                    Convolutions::factor);
            call.emit(new DepthwiseConv2d.Int8(new DepthwiseConv2d.Geometry(window, channels, filters,
                    filters / channels, image.quantized().zeroPoint()), sum.weights(), sum.bias(),
                    sum.requantization()), List.of(image));
            return;
        }
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        call.layer(new DepthwiseConv2d(), new DepthwiseConv2d.Attributes(kernel, sliding.stride(), sliding.padding(),
                sliding.dilation(), filters / channels, true),
                Map.of(WeightedOperator.WEIGHT, WeightedSums.realWeights(call,
                        Shape.of(kernel.height(), kernel.width(), channels, filters / channels), order),
                        WeightedOperator.BIAS, WeightedSums.realBias(call, filters)),
                sliding.clamp(), List.of(image));
    }
}
