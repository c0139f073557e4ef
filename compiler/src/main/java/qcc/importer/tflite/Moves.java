package qcc.importer.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.ConcatenationOptions;
import qcc.importer.tflite.schema.ResizeNearestNeighborOptions;
import qcc.importer.tflite.schema.SoftmaxOptions;
import qcc.ir.Interval;
import qcc.ir.Value;
import qcc.ops.Concat;
import qcc.ops.NoAttributes;
import qcc.ops.Pad;
import qcc.ops.Reshape;
import qcc.ops.Softmax;
import qcc.ops.Transpose;
import qcc.ops.Upsample;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.ops.tflite.TfliteSoftmax;
import qcc.tensor.Shape;

/** Operators that move values without changing them, and SOFTMAX. */
final class Moves {
    private static final int MAX_PADDING = 1024;

    private Moves() {
    }

    /** RESHAPE, SQUEEZE and EXPAND_DIMS: the file states the shape of the result. */
    static void reshape(Call call) {
        call.requireSameQuantization(call.in(0), call.out());
        Value x = call.value(0);
        Shape shape = Tensors.shape(call.out());
        if (shape.size() != x.shape().size()) {
            throw new MalformedModel("tensor " + call.in(0) + " cannot become " + call.out());
        }
        call.layer(new Reshape(), new Reshape.Attributes(shape), List.of(x));
    }

    static void pad(Call call) {
        call.requireSameQuantization(call.in(0), call.out());
        Value x = call.value(0);
        int rank = call.in(0).dims().size();
        List<Integer> amounts = call.constants().list(call.in(1));
        if (amounts.size() != 2 * rank || amounts.stream().anyMatch(a -> a < 0 || a > MAX_PADDING)) {
            throw new Unsupported("paddings " + amounts + " are not supported", "0 to " + MAX_PADDING + " are, two for "
                    + "each axis");
        }
        List<Integer> outside = new ArrayList<>(amounts.subList(0, 2));
        outside.addAll(amounts.subList(Math.max(2, 2 * rank - 2), 2 * rank));
        if (rank < 3 || rank > 4 || outside.stream().anyMatch(a -> a != 0)) {
            throw new Unsupported("paddings " + amounts + " of tensor " + call.in(0) + " are not supported",
                    "only the height and width of images can be padded");
        }
        // A sequence [1, steps, channels] is an image of width 1.
        Value image = rank == 4 ? x : call.reshaped(x, Shape.of(x.shape().dim(0), 1, x.shape().last()));
        Padding.Explicit padding = new Padding.Explicit(amounts.get(2), amounts.get(3),
                rank == 4 ? amounts.get(4) : 0, rank == 4 ? amounts.get(5) : 0);
        call.layer(new Pad(), new Pad.Attributes(padding), List.of(image));
    }

    static void concatenation(Call call) {
        int axis = call.options(BuiltinOptions.ConcatenationOptions, new ConcatenationOptions(), o -> {
            if (!Activations.bounds(o.activation()).equals(Interval.ALL)) {
                throw new Unsupported("an activation fused into a concatenation is not supported",
                        "apply it to the operands");
            }
            return o.axis();
        });
        List<Value> values = new ArrayList<>();
        axis = Tensors.axis(call.out(), axis);
        for (int i = 0; i < call.inputs(); i++) {
            call.requireSameQuantization(call.in(i), call.out());
            if (call.in(i).dims().size() != call.out().dims().size()) {
                throw new MalformedModel("tensors " + call.in(i) + " and " + call.out() + " differ in rank");
            }
            values.add(batched(call, i, axis));
        }
        if (values.size() < 2 || values.size() > 64) {
            throw new Unsupported("a concatenation of " + values.size() + " tensors is not supported", "2 to 64 are");
        }
        boolean dropped = axis > 0 && Tensors.hasBatch(call.out());
        call.layer(new Concat(), new Concat.Attributes(dropped ? axis - 1 : axis), values);
    }

    /** An input with its batch of one where it is joined along it. */
    private static Value batched(Call call, int index, int axis) {
        Value value = call.value(index);
        return axis == 0 && call.in(index).dims().size() > 1
                ? call.reshaped(value, new Shape(call.in(index).dims())) : value;
    }

    static void transpose(Call call) {
        call.requireSameQuantization(call.in(0), call.out());
        List<Integer> permutation = new ArrayList<>(call.constants().list(call.in(1)));
        int rank = call.in(0).dims().size();
        if (!permutation.stream().sorted().toList().equals(
                IntStream.range(0, rank).boxed().toList())) {
            throw new MalformedModel("the permutation " + permutation + " does not fit tensor " + call.in(0));
        }
        Value x = call.value(0);
        if (Tensors.hasBatch(call.in(0))) {
            // The batch of one may go anywhere: without it, the order of the others is what counts.
            permutation.remove(Integer.valueOf(0));
            permutation.replaceAll(axis -> axis - 1);
        }
        if (permutation.equals(permutation.stream().sorted().toList())) {
            call.layer(new Reshape(), new Reshape.Attributes(Tensors.shape(call.out())), List.of(x));
        } else {
            call.layer(new Transpose(), new Transpose.Attributes(new Shape(permutation)), List.of(x));
        }
    }

    static void resizeNearest(Call call) {
        call.requireSameQuantization(call.in(0), call.out());
        boolean plain = call.options(BuiltinOptions.ResizeNearestNeighborOptions, new ResizeNearestNeighborOptions(),
                o -> !o.alignCorners() && !o.halfPixelCenters());
        Value image = call.image(0);
        List<Integer> size = call.constants().list(call.in(1));
        if (size.size() != 2 || size.get(0) < 1 || size.get(1) < 1) {
            throw new MalformedModel("images cannot be resized to " + size);
        }
        int height = image.shape().dim(0);
        int width = image.shape().dim(1);
        if (size.get(0) % height != 0 || size.get(1) % width != 0) {
            throw new Unsupported("an image of " + height + " by " + width + " is resized to " + size.get(0) + " by "
                    + size.get(1), "only whole factors are supported");
        }
        Extent factor = new Extent(size.get(0) / height, size.get(1) / width);
        // With whole factors, the centre of a pixel lies in the pixel it is copied from; corners do not align.
        boolean centres = !plain && call.options(BuiltinOptions.ResizeNearestNeighborOptions,
                new ResizeNearestNeighborOptions(), o -> !o.alignCorners());
        if (!plain && !centres) {
            throw new Unsupported("align_corners is not supported", "resize without it");
        }
        call.layer(new Upsample(), new Upsample.Attributes(factor), List.of(image));
    }

    static void softmax(Call call) {
        float beta = call.options(BuiltinOptions.SoftmaxOptions, new SoftmaxOptions(), SoftmaxOptions::beta);
        Value x = call.value(0);
        if (!call.isInteger()) {
            if (beta != 1) {
                throw new Unsupported("a softmax with beta = " + beta + " is not supported in float models",
                        "scale the logits before it");
            }
            call.layer(new Softmax(), new NoAttributes(), List.of(x));
            return;
        }
        if (call.out().scale() != 1f / 256 || Call.quantization(call.out()).zeroPoint() != -128) {
            throw new Unsupported("the result has scale " + call.out().scale(), "TFLite asks for 1/256 and the zero "
                    + "point -128");
        }
        int length = x.shape().last();
        try {
            call.emit(TfliteSoftmax.of(x.shape().size() / length, length, call.in(0).scale(), beta, call.steps()),
                    List.of(x));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Unsupported(String.valueOf(e.getMessage()), "quantise the model with representative data");
        }
    }
}
