package qcc.program;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.Window;
import qcc.plan.Sweep;
import qcc.target.Reads;

/** What a kernel's contract means for the tensors of a node, byte for byte. */
final class KernelSweep {
    private final Node node;
    private final Reads reads;
    private final Optional<Window> window;
    private final long outputBytes;
    private final long[] sizes;

    private KernelSweep(Node node, Reads reads) {
        this.node = node;
        this.reads = reads;
        window = ((IntegerOperation) node.operation()).window();
        outputBytes = node.output().bytes();
        sizes = node.inputs().stream().mapToLong(Value::bytes).toArray();
    }

    /** The sweep of a kernel with this contract over a node. */
    static Sweep of(Node node, Reads reads) {
        return new KernelSweep(node, reads).sweep();
    }

    private Sweep sweep() {
        return switch (reads.unit()) {
            case ALL -> reads.mode() == Reads.Mode.ALONG ? Sweep.unknown(outputBytes, sizes)
                    : sweep(outputBytes, (input, step) -> sizes[input]);
            case ELEMENTS -> elements();
            case PIXELS, ROWS -> window.map(this::windows).orElseGet(() -> Sweep.unknown(outputBytes, sizes));
        };
    }

    /** The first byte of an input that is read after a step's first write. */
    private interface Needed {
        long at(int input, int step);
    }

    /**
     * @param part   the bytes of the output that one step writes; the last step may write fewer
     * @param needed of all bytes that the steps from this one on read; need not ascend
     */
    private Sweep sweep(long part, Needed needed) {
        int steps = Math.toIntExact((outputBytes + part - 1) / part);
        long[] written = new long[steps];
        Arrays.setAll(written, step -> Math.min(outputBytes, (step + 1) * part));
        long[][] first = new long[sizes.length][steps];
        for (int input = 0; input < sizes.length; input++) {
            long later = sizes[input];
            for (int step = steps - 1; step >= 0; step--) {
                later = Math.min(later, Math.max(0, Math.min(sizes[input], needed.at(input, step))));
                first[input][step] = later;
            }
        }
        return new Sweep(written, first, sizes);
    }

    private Sweep elements() {
        int elements = node.output().shape().size();
        long behind = reads.mode() == Reads.Mode.ALONG ? 0 : reads.count();
        return sweep(reads.count() * outputBytes / elements, (input, step) ->
                node.inputs().get(input).shape().size() != elements ? 0
                        : ((long) step * reads.count() + behind) * sizes[input] / elements);
    }

    private Sweep windows(Window w) {
        long pixel = outputBytes / ((long) w.outH() * w.outW());
        int pixels = reads.unit() == Reads.Unit.ROWS ? reads.count() * w.outW() : reads.count();
        int all = w.outH() * w.outW();
        long inPixel = sizes[0] / ((long) w.inH() * w.inW());
        IntToLongFunction begin = reads.unit() == Reads.Unit.ROWS
                ? p -> (long) Math.max(0, w.row(p / w.outW(), 0)) * w.inW() * inPixel
                : p -> ((long) Math.max(0, w.row(p / w.outW(), 0)) * w.inW()
                        + Math.max(0, w.column(p % w.outW(), 0))) * inPixel;
        IntToLongFunction end = p -> (long) (w.row(p / w.outW(), w.kernelH() - 1) + 1) * w.inW() * inPixel;
        Sweep sweep = sweep(pixels * pixel, (input, step) -> {
            int first = step * pixels;
            int next = Math.min(all, first + pixels);
            if (reads.keepsRows()) {
                return end.applyAsLong(next - 1);
            }
            int from = reads.mode() == Reads.Mode.ALONG ? first : next;
            long needed = Long.MAX_VALUE;
            for (int p = from; p < Math.min(all, from + pixels); p++) {
                needed = Math.min(needed, begin.applyAsLong(p));
            }
            return needed;
        });
        return reads.mode() == Reads.Mode.CHANNELWISE ? sweep.interleaved(pixel) : sweep;
    }
}
