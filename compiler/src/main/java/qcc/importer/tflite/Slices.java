package qcc.importer.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.SplitOptions;
import qcc.importer.tflite.schema.StridedSliceOptions;
import qcc.ir.Value;
import qcc.ops.Slice;
import qcc.tensor.Shape;

/** STRIDED_SLICE and SPLIT. */
final class Slices {
    private Slices() {
    }

    /** The bits of STRIDED_SLICE, one for each axis. */
    private record Masks(int begin, int end, int shrink) {

        static Masks of(Call call) {
            return call.options(BuiltinOptions.StridedSliceOptions, new StridedSliceOptions(), o -> {
                if (o.ellipsisMask() != 0 || o.newAxisMask() != 0 || o.offset()) {
                    throw new Unsupported("a slice with an ellipsis, a new axis or an offset is not supported",
                            "write begin, end and stride for every axis");
                }
                return new Masks(o.beginMask(), o.endMask(), o.shrinkAxisMask());
            });
        }
    }

    static void stridedSlice(Call call) {
        call.requireSameQuantization(call.in(0), call.out());
        Masks masks = Masks.of(call);
        List<Integer> dims = call.in(0).dims();
        List<Integer> begin = call.constants().list(call.in(1));
        List<Integer> end = call.constants().list(call.in(2));
        List<Integer> stride = call.constants().list(call.in(3));
        if (begin.size() != end.size() || begin.size() != stride.size() || begin.size() > dims.size()) {
            throw new MalformedModel("begin, end and strides of a slice of " + call.in(0) + " differ in length");
        }
        List<Integer> first = new ArrayList<>();
        List<Integer> limit = new ArrayList<>();
        List<Integer> step = new ArrayList<>();
        for (int axis = 0; axis < dims.size(); axis++) {
            int extent = dims.get(axis);
            if (axis >= begin.size()) {
                first.add(0);
                limit.add(extent);
                step.add(1);
                continue;
            }
            if (stride.get(axis) < 1) {
                throw new Unsupported("a stride of " + stride.get(axis) + " is not supported", "only positive ones are");
            }
            boolean shrink = isSet(masks.shrink(), axis);
            int from = isSet(masks.begin(), axis) && !shrink ? 0 : within(begin.get(axis), extent);
            first.add(from);
            limit.add(shrink ? from + 1 : isSet(masks.end(), axis) ? extent : within(end.get(axis), extent));
            step.add(stride.get(axis));
        }
        emit(call, 0, first, limit, step);
    }

    private static boolean isSet(int mask, int axis) {
        return (mask >> axis & 1) != 0;
    }

    /** An index that may count from the end, limited to 0..extent. */
    private static int within(int index, int extent) {
        return Math.max(0, Math.min(extent, index < 0 ? index + extent : index));
    }

    static void split(Call call) {
        int parts = call.options(BuiltinOptions.SplitOptions, new SplitOptions(), SplitOptions::numSplits);
        TensorInfo in = call.in(1);
        List<Integer> axes = call.constants().list(call.in(0));
        if (axes.size() != 1 || parts != call.outputs()) {
            throw new MalformedModel("a split of " + in + " into " + parts + " parts has " + call.outputs() + " outputs");
        }
        int axis = Tensors.axis(in, axes.get(0));
        int extent = in.dims().isEmpty() ? 1 : in.dims().get(axis);
        if (parts < 1 || extent % parts != 0) {
            throw new MalformedModel("axis " + axis + " of " + in + " cannot be split into " + parts + " parts");
        }
        for (int i = 0; i < parts; i++) {
            call.requireSameQuantization(in, call.out(i));
            List<Integer> first = new ArrayList<>(in.dims().stream().map(d -> 0).toList());
            List<Integer> limit = new ArrayList<>(in.dims());
            first.set(axis, i * (extent / parts));
            limit.set(axis, (i + 1) * (extent / parts));
            emit(call, i, first, limit, in.dims().stream().map(d -> 1).toList());
        }
    }

    /** The slice of the only data input, without the batch; the result's shape may lack axes that were shrunk. */
    private static void emit(Call call, int output, List<Integer> begin, List<Integer> end, List<Integer> stride) {
        int data = call.inputs() == 2 ? 1 : 0;
        Value x = call.value(data);
        int skipped = Tensors.hasBatch(call.in(data)) ? 1 : 0;
        if (skipped == 1 && (begin.get(0) != 0 || end.get(0) != 1)) {
            throw new Unsupported("a slice along the batch is not supported", "export the model with batch size 1");
        }
        call.layer(output, new Slice(), new Slice.Attributes(rest(begin, skipped), rest(end, skipped),
                Optional.of(rest(stride, skipped))), List.of(x));
    }

    private static Shape rest(List<Integer> list, int skipped) {
        return list.isEmpty() ? Shape.of(1) : new Shape(list.subList(skipped, list.size()));
    }
}
