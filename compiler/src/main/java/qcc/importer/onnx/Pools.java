package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.ops.AvgPool;
import qcc.ops.GlobalAvgPool;
import qcc.ops.MaxPool;
import qcc.ops.Pad;
import qcc.ops.PoolAttributes;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.Shape;

/** Pools over windows, and means over whole axes. */
final class Pools {
    private static final Extent ONE = new Extent(1, 1);

    private Pools() {
    }

    static Operand maxPool(Scope scope) {
        if (scope.node().outputs().size() > 1) {
            throw ImportException.unsupported("the indices of the largest elements", "only the first output is");
        }
        Activation x = scope.activation(0);
        Extent kernel = kernel(scope);
        Windows windows = windows(scope, x);
        Source y = scope.add(new MaxPool(), new PoolAttributes(kernel, Optional.of(windows.stride()),
                windows.place(x.dims(), kernel).padding()), Images.stored(scope, x));
        return Images.of(y, x.integers());
    }

    static Operand averagePool(Scope scope) {
        Activation x = scope.real(0);
        Extent kernel = kernel(scope);
        Windows windows = windows(scope, x);
        Windows.Placed placed = windows.place(x.dims(), kernel);
        Source image = Images.stored(scope, x);
        Padding padding = placed.padding();
        if (scope.attributes().integer("count_include_pad", 0) != 0 && padding instanceof Padding.Explicit zeros) {
            if (placed.beyond().height() + placed.beyond().width() > 0) {
                throw ImportException.unsupported("count_include_pad together with ceil_mode",
                        "pad the image before the pool, and use ceil_mode = 0");
            }
            image = scope.add(new Pad(), new Pad.Attributes(zeros), image);
            padding = new Padding.Valid();
        }
        Source y = scope.add(new AvgPool(), new PoolAttributes(kernel, Optional.of(windows.stride()), padding), image);
        return Images.of(y, false);
    }

    private static Extent kernel(Scope scope) {
        List<Integer> shape = scope.attributes().integers("kernel_shape")
                .orElseThrow(() -> ImportException.invalid("attribute `kernel_shape` is missing"));
        return Windows.extent("kernel_shape", shape, 2);
    }

    private static Windows windows(Scope scope, Activation x) {
        Images.require(x);
        Windows windows = Windows.of(scope, Images.RANK);
        if (!windows.dilation().equals(ONE)) {
            throw ImportException.unsupported("a pool with dilation " + windows.dilation(), "use dilation 1");
        }
        return windows;
    }

    static Operand globalAveragePool(Scope scope) {
        Activation x = scope.real(0);
        if (x.dims().size() < 3) {
            throw ImportException.invalid("GlobalAveragePool of a tensor of rank " + x.dims().size());
        }
        return mean(scope, x, Activation.axes(x.dims().size()).subList(2, x.dims().size()), true);
    }

    static Operand globalMaxPool(Scope scope) {
        Activation x = scope.activation(0);
        Source image = Images.stored(scope, x);
        Extent whole = Windows.extent("image", x.dims().get(2), x.dims().get(3));
        return Images.of(scope.add(new MaxPool(), new PoolAttributes(whole, Optional.empty(), new Padding.Valid()),
                image), x.integers());
    }

    /** Axes are an attribute before version 18, an input since. */
    static Operand reduceMean(Scope scope) {
        Activation x = scope.real(0);
        int rank = x.dims().size();
        Optional<List<Integer>> given = scope.integers("axes", 1).filter(axes -> !axes.isEmpty());
        if (given.isEmpty() && scope.attributes().integer("noop_with_empty_axes", 0) != 0) {
            return x;
        }
        List<Integer> axes = given.orElse(Activation.axes(rank)).stream().map(a -> scope.axis(a, rank)).distinct()
                .toList();
        return mean(scope, x, axes, scope.attributes().integer("keepdims", 1) != 0);
    }

    /** The mean over some axes: they are stored first, as the pixels of an image whose channels are the others. */
    private static Operand mean(Scope scope, Activation x, List<Integer> reduced, boolean keep) {
        List<Integer> order = new ArrayList<>(x.isReshaped() ? Activation.axes(x.dims().size()) : x.order());
        List<Integer> rest = new ArrayList<>(order);
        rest.removeAll(reduced);
        order.retainAll(reduced);
        order.addAll(rest);
        order = Activation.moving(x.dims(), order);
        rest = Activation.moving(x.dims(), rest);
        int channels = KnownTensor.sizeOf(Activation.extents(x.dims(), rest));
        Source stored = scope.stored(x, order);
        Shape image = new Shape(imageOf(Activation.extents(x.dims(), order), rest.size(), channels));
        Source y = scope.add(new GlobalAvgPool(), scope.reshaped(stored, image));
        List<Integer> dims = new ArrayList<>(x.dims());
        reduced.forEach(axis -> dims.set(axis, 1));
        Activation result = Activation.of(y, dims, rest, false);
        return keep ? result : result.reshape(without(dims, reduced));
    }

    /** [height, width, channels] for two reduced axes, [pixels, 1, channels] for another number of them. */
    private static List<Integer> imageOf(List<Integer> extents, int rest, int channels) {
        List<Integer> pixels = extents.subList(0, extents.size() - rest);
        return pixels.size() == 2 ? List.of(pixels.get(0), pixels.get(1), channels)
                : List.of(KnownTensor.sizeOf(pixels), 1, channels);
    }

    private static List<Integer> without(List<Integer> dims, List<Integer> axes) {
        return Activation.axes(dims.size()).stream().filter(axis -> !axes.contains(axis)).map(dims::get).toList();
    }
}
