package qcc.ops;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntBinaryOperator;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * A window that slides over an image [height, width, channels]: the geometry that convolutions and pools share.
 * All are ints, so that the record can be part of an integer graph.
 */
public record Window(int inH, int inW, int outH, int outW, int kernelH, int kernelW, int strideH, int strideW,
        int padTop, int padLeft, int dilationH, int dilationW) {

    /** The geometry for an image; throws {@link ShapeException} when no output element exists. */
    public static Window of(Shape image, Extent kernel, Extent stride, Padding padding, Extent dilation) {
        requireImage(image);
        Axis h = Axis.of("height", image.dim(0), kernel.height(), stride.height(), dilation.height(), padding, true);
        Axis w = Axis.of("width", image.dim(1), kernel.width(), stride.width(), dilation.width(), padding, false);
        return new Window(image.dim(0), image.dim(1), h.out, w.out, kernel.height(), kernel.width(),
                stride.height(), stride.width(), h.before, w.before, dilation.height(), dilation.width());
    }

    /** Windows need an image of rank 3. */
    public static void requireImage(Shape shape) {
        if (shape.rank() != 3) {
            throw new ShapeException("the input has shape " + shape + ", an image [height, width, channels] is needed",
                    "use reshape to make it an image");
        }
    }

    /** True when some window reaches beyond the image. */
    public boolean isPadded() {
        return padTop > 0 || padLeft > 0 || (outH - 1) * strideH - padTop + (kernelH - 1) * dilationH >= inH
                || (outW - 1) * strideW - padLeft + (kernelW - 1) * dilationW >= inW;
    }

    /** The row of the image under row {@code kernelRow} of the window; outside the image if not in 0..inH-1. */
    public int row(int outRow, int kernelRow) {
        return outRow * strideH - padTop + kernelRow * dilationH;
    }

    /** The column of the image under a column of the window. */
    public int column(int outColumn, int kernelColumn) {
        return outColumn * strideW - padLeft + kernelColumn * dilationW;
    }

    public boolean contains(int row, int column) {
        return row >= 0 && row < inH && column >= 0 && column < inW;
    }

    /** One element of a window at one place. */
    @FunctionalInterface
    public interface Tap {
        /**
         * @param element row * kernelW + column within the window
         * @param pixel   row * inW + column within the image, or -1 outside
         */
        void at(int element, int pixel);
    }

    /** Visits the elements of the window that gives one output pixel. */
    public void forEachTap(int outRow, int outColumn, Tap tap) {
        for (int r = 0; r < kernelH; r++) {
            for (int c = 0; c < kernelW; c++) {
                int row = row(outRow, r);
                int column = column(outColumn, c);
                tap.at(r * kernelW + c, contains(row, column) ? row * inW + column : -1);
            }
        }
    }

    /**
     * The value of a function of an output place (row, column), if it is the same at all places. The function may
     * depend on the place only by which elements of the window lie outside the image.
     */
    public OptionalInt uniform(IntBinaryOperator function) {
        List<Integer> columns = distinct(outW, kernelW, this::column, inW);
        OptionalInt value = OptionalInt.empty();
        for (int row : distinct(outH, kernelH, this::row, inH)) {
            for (int column : columns) {
                int here = function.applyAsInt(row, column);
                if (value.isPresent() && value.getAsInt() != here) {
                    return OptionalInt.empty();
                }
                value = OptionalInt.of(here);
            }
        }
        return value;
    }

    /** One place along an axis for each set of window elements that lie inside the image there. */
    private static List<Integer> distinct(int places, int kernel, IntBinaryOperator source, int extent) {
        Map<BitSet, Integer> first = new LinkedHashMap<>();
        for (int place = 0; place < places; place++) {
            BitSet inside = new BitSet();
            for (int element = 0; element < kernel; element++) {
                int at = source.applyAsInt(place, element);
                inside.set(element, at >= 0 && at < extent);
            }
            first.putIfAbsent(inside, place);
        }
        return List.copyOf(first.values());
    }

    /**
     * For every place and channel, what {@code step} makes of {@code start} and then of the elements that the window
     * sees of that channel inside the image, one after another.
     *
     * @param image [inH, inW, channels]
     * @return [outH, outW, channels]
     */
    public IntTensor fold(IntTensor image, int start, IntBinaryOperator step) {
        int channels = image.shape().last();
        IntTensor result = IntTensor.zeros(output(channels));
        for (int i = 0; i < result.size(); i++) {
            int at = i;
            result.set(at, start);
            forEachTap(i / channels / outW, i / channels % outW, (element, pixel) -> {
                if (pixel >= 0) {
                    result.set(at, step.applyAsInt(result.get(at), image.get(pixel * channels + at % channels)));
                }
            });
        }
        return result;
    }

    /** The number of window elements inside the image at each place; [outH, outW]. */
    public IntTensor counts() {
        IntTensor result = IntTensor.zeros(Shape.of(outH, outW));
        for (int place = 0; place < result.size(); place++) {
            result.set(place, count(place / outW, place % outW));
        }
        return result;
    }

    /** The same windows over the image as it was before a pad. */
    Window before(Pad.Geometry pad) {
        return new Window(pad.inH(), pad.inW(), outH, outW, kernelH, kernelW, strideH, strideW, padTop + pad.top(),
                padLeft + pad.left(), dilationH, dilationW);
    }

    /** The number of window elements inside the image at an output place. */
    public int count(int outRow, int outColumn) {
        int[] count = new int[1];
        forEachTap(outRow, outColumn, (element, pixel) -> count[0] += pixel >= 0 ? 1 : 0);
        return count[0];
    }

    public Shape output(int channels) {
        return Shape.of(outH, outW, channels);
    }

    /** One spatial axis. */
    private record Axis(int out, int before) {

        static Axis of(String name, int in, int kernel, int stride, int dilation, Padding padding, boolean vertical) {
            long span = (long) (kernel - 1) * dilation + 1;
            if (padding instanceof Padding.Same) {
                int out = (in + stride - 1) / stride;
                long total = Math.max(0, (out - 1L) * stride + span - in);
                return new Axis(out, Math.toIntExact(total / 2));
            }
            int before = 0;
            int after = 0;
            if (padding instanceof Padding.Explicit explicit) {
                before = vertical ? explicit.top() : explicit.left();
                after = vertical ? explicit.bottom() : explicit.right();
            }
            long room = (long) in + before + after - span;
            if (room < 0) {
                throw new ShapeException("a window of " + name + " " + span + " does not fit into a padded " + name
                        + " of " + (in + before + after), "use padding = same, or a smaller kernel");
            }
            return new Axis((int) (room / stride) + 1, before);
        }
    }
}
