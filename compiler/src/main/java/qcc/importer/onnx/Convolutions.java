package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import qcc.ops.Conv2d;
import qcc.ops.DepthwiseConv2d;
import qcc.ops.attributes.Extent;
import qcc.tensor.Shape;

/** Conv, in one and two dimensions. */
final class Convolutions {
    private static final int IMAGE_RANK = Images.RANK;

    private Convolutions() {
    }

    static Operand convolution(Scope scope) {
        Activation x = scope.real(0);
        KnownTensor w = scope.requiredKnown(1);
        Windows windows = Windows.of(scope, x.dims().size());
        if (x.dims().size() == IMAGE_RANK - 1) {
            Activation image = convolve(scope, x.reshape(insert(x.dims())), widened(w), windows);
            return image.reshape(List.of(1, image.dims().get(1), image.dims().get(3)));
        }
        return convolve(scope, x, w, windows);
    }

    /** [n, c, length] as [n, c, 1, length]. */
    private static List<Integer> insert(List<Integer> dims) {
        List<Integer> widened = new ArrayList<>(dims);
        widened.add(2, 1);
        return widened;
    }

    private static KnownTensor widened(KnownTensor w) {
        if (w.dims().size() != IMAGE_RANK - 1) {
            throw ImportException.invalid("weights of the shape " + w.dims() + " for a one-dimensional convolution");
        }
        Optional<KnownTensor.Origin> origin = w.origin().map(o -> new KnownTensor.Origin(
                o.integers().reshape(insert(w.dims())), o.scales(), o.axis() >= 2 ? o.axis() + 1 : o.axis()));
        return new KnownTensor(insert(w.dims()), w.type(), w.elements(), origin);
    }

    private static Activation convolve(Scope scope, Activation x, KnownTensor w, Windows windows) {
        int channels = x.dims().get(1);
        int groups = scope.attributes().integer("group", 1);
        if (w.dims().size() != IMAGE_RANK || groups < 1 || channels % groups != 0
                || w.dims().get(1) * groups != channels || w.dims().get(0) % groups != 0) {
            throw ImportException.invalid("weights of the shape " + w.dims() + " do not fit " + channels
                    + " channels in " + groups + " groups");
        }
        int filters = w.dims().get(0);
        Extent kernel = Windows.extent("kernel", w.dims().get(2), w.dims().get(3));
        scope.attributes().integers("kernel_shape").ifPresent(stated -> windows.requireKernel(stated, kernel));
        Optional<KnownTensor> bias = scope.known(2);
        bias.ifPresent(b -> requireSize(b, filters));
        Source image = Images.stored(scope, x);
        boolean depthwise = groups == channels && groups > 1;
        Weights weights = depthwise ? depthwise(w, channels, bias) : full(w, bias);
        Windows.Placed placed = windows.place(x.dims(), kernel);
        Source y = depthwise
                ? scope.weighted(new DepthwiseConv2d(), new DepthwiseConv2d.Attributes(kernel, windows.stride(),
                        placed.padding(), windows.dilation(), filters / channels, bias.isPresent()), weights, image)
                : scope.weighted(new Conv2d(), new Conv2d.Attributes(filters, kernel, windows.stride(),
                        placed.padding(), windows.dilation(), groups, bias.isPresent()), weights, image);
        return Images.of(y, false);
    }

    private static void requireSize(KnownTensor bias, int filters) {
        if (bias.size() != filters) {
            throw ImportException.invalid("a bias of the shape " + bias.dims() + " for " + filters + " filters");
        }
    }

    /** [filters][channels][h][w] to [h][w][channels][filters]. */
    private static Weights full(KnownTensor w, Optional<KnownTensor> bias) {
        int filters = w.dims().get(0);
        int depth = w.dims().get(1);
        int area = w.dims().get(2) * w.dims().get(3);
        IntUnaryOperator position = i -> (i % filters * depth + i / filters % depth) * area + i / filters / depth;
        return Weights.of(w, Shape.of(w.dims().get(2), w.dims().get(3), depth, filters), position, filters, bias);
    }

    /** [channels * multiplier][1][h][w] to [h][w][channels][multiplier]. */
    private static Weights depthwise(KnownTensor w, int channels, Optional<KnownTensor> bias) {
        int filters = w.dims().get(0);
        int area = w.dims().get(2) * w.dims().get(3);
        IntUnaryOperator position = i -> i % filters * area + i / filters;
        return Weights.of(w, Shape.of(w.dims().get(2), w.dims().get(3), channels, filters / channels), position,
                filters, bias);
    }
}
