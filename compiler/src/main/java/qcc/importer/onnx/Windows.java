package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;

/**
 * The attributes of sliding windows, of convolutions and pools, for two spatial axes.
 *
 * @param autoPad  NOTSET, VALID, SAME_UPPER or SAME_LOWER
 * @param pads     at the top, the left, the bottom and the right, where {@code autoPad} is NOTSET
 * @param ceilMode whether a last window may begin inside the image but end outside
 */
record Windows(Extent stride, Extent dilation, String autoPad, List<Integer> pads, boolean ceilMode) {
    /** Larger windows, steps and paddings are outside of what the operators of QDSL are defined for. */
    static final int MAX_EXTENT = 1024;
    private static final Padding.Explicit NONE = new Padding.Explicit(0, 0, 0, 0);

    Windows {
        pads = List.copyOf(pads);
    }

    /**
     * A window's place on an image.
     *
     * @param explicit the padding
     * @param beyond  rows and columns, of the padding at the bottom and the right, that only ceil_mode added
     */
    record Placed(Padding.Explicit explicit, Extent beyond) {
        Padding padding() {
            return explicit.equals(NONE) ? new Padding.Valid() : explicit;
        }
    }

    /**
     * @param rank of the input: 4 for images, 3 for sequences, which become images of height 1
     */
    static Windows of(Scope scope, int rank) {
        if (rank != Images.RANK && rank != Images.RANK - 1) {
            throw ImportException.unsupported("the input has rank " + rank,
                    "one- and two-dimensional windows are supported: rank 3 and 4");
        }
        int axes = rank - 2;
        Attributes attributes = scope.attributes();
        List<Integer> ones = Collections.nCopies(axes, 1);
        return new Windows(extent("stride", attributes.integers("strides", ones), axes),
                extent("dilation", attributes.integers("dilations", ones), axes),
                attributes.text("auto_pad", "NOTSET"),
                pads(attributes.integers("pads", Collections.nCopies(2 * axes, 0)), axes),
                attributes.integer("ceil_mode", 0) != 0);
    }

    /** The extents of a window for one or two axes. */
    static Extent extent(String what, List<Integer> values, int axes) {
        if (values.size() != axes) {
            throw ImportException.invalid(what + " " + values + " has not one entry for each of " + axes + " axes");
        }
        return extent(what, axes == 1 ? 1 : values.get(0), values.get(axes - 1));
    }

    static Extent extent(String what, int height, int width) {
        if (Math.min(height, width) < 1 || Math.max(height, width) > MAX_EXTENT) {
            throw ImportException.unsupported(what + " " + height + " x " + width + " is not in 1 to " + MAX_EXTENT,
                    "use smaller windows");
        }
        return new Extent(height, width);
    }

    private static List<Integer> pads(List<Integer> pads, int axes) {
        if (pads.size() != 2 * axes) {
            throw ImportException.invalid("pads " + pads + " has not two entries for each of " + axes + " axes");
        }
        List<Integer> all = axes == 2 ? new ArrayList<>(pads)
                : new ArrayList<>(List.of(0, pads.get(0), 0, pads.get(1)));
        if (all.stream().anyMatch(pad -> pad < 0 || pad > MAX_EXTENT)) {
            throw ImportException.unsupported("pads " + pads + " are not all in 0 to " + MAX_EXTENT,
                    "crop the image before this node");
        }
        return all;
    }

    void requireKernel(List<Integer> stated, Extent kernel) {
        if (!extent("kernel_shape", stated, stated.size() == 1 ? 1 : 2).equals(kernel)) {
            throw ImportException.invalid("kernel_shape " + stated + " differs from the shape of the weights");
        }
    }

    /**
     * @param dims [1, channels, height, width]
     */
    Placed place(List<Integer> dims, Extent kernel) {
        Axis h = axis(dims.get(2), kernel.height(), stride.height(), dilation.height(), pads.get(0), pads.get(2));
        Axis w = axis(dims.get(3), kernel.width(), stride.width(), dilation.width(), pads.get(1), pads.get(3));
        if (h.beyond + h.after > MAX_EXTENT || w.beyond + w.after > MAX_EXTENT) {
            throw ImportException.unsupported("more than " + MAX_EXTENT + " rows or columns of padding are needed",
                    "use smaller windows");
        }
        return new Placed(new Padding.Explicit(h.before, h.after + h.beyond, w.before, w.after + w.beyond),
                new Extent(h.beyond, w.beyond));
    }

    private record Axis(int before, int after, int beyond) {
    }

    private Axis axis(int in, int kernel, int stride, int dilation, int before, int after) {
        int span = (kernel - 1) * dilation + 1;
        return switch (autoPad) {
            case "NOTSET", "" -> new Axis(before, after, ceilMode ? beyond(in + before + after, in + before, span,
                    stride) : 0);
            case "VALID" -> new Axis(0, 0, ceilMode ? beyond(in, in, span, stride) : 0);
            case "SAME_UPPER" -> same(in, span, stride, 0);
            case "SAME_LOWER" -> same(in, span, stride, 1);
            default -> throw ImportException.unsupported("auto_pad = " + autoPad + " is not known",
                    "use NOTSET, VALID, SAME_UPPER or SAME_LOWER");
        };
    }

    private static Axis same(int in, int span, int stride, int oddBefore) {
        int total = Math.max(0, ((in + stride - 1) / stride - 1) * stride + span - in);
        int before = (total + oddBefore) / 2;
        return new Axis(before, total - before, 0);
    }

    /** What the last window of ceil_mode needs beyond the padding; a window that begins in it does not count. */
    private static int beyond(int padded, int start, int span, int stride) {
        int steps = (Math.max(0, padded - span) + stride - 1) / stride;
        if (steps * stride >= start) {
            steps--;
        }
        return Math.max(0, steps * stride + span - padded);
    }
}
