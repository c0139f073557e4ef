package qcc.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import qcc.diagnostics.Span;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.MaxPool;
import qcc.ops.ShapeException;
import qcc.ops.WeightedAddition;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.plan.Sweep;
import qcc.target.Reads;
import qcc.tensor.Shape;

/** What contracts say of windows, against windows that are walked tap by tap. */
class KernelSweepTest {
    private static final int CHANNELS = 3;

    private static Node node(Window w) {
        return new Node("pool", new MaxPool.Int8(new MaxPool.Geometry(w, CHANNELS, -128, 127)),
                List.of(Value.real(1, "x", Shape.of(w.inH(), w.inW(), CHANNELS))),
                Value.real(2, "y", w.output(CHANNELS)), Span.wholeFile("test"));
    }

    /** The pixels of the image that the output pixels from one to before another depend on. */
    private static TreeSet<Integer> read(Window w, int from, int to) {
        TreeSet<Integer> pixels = new TreeSet<>();
        for (int p = from; p < to; p++) {
            w.forEachTap(p / w.outW(), p % w.outW(), (element, pixel) -> {
                if (pixel >= 0) {
                    pixels.add(pixel);
                }
            });
        }
        return pixels;
    }

    @Test
    void nothingIsReadBeforeWhatIsNeeded() {
        Random random = new Random(3);
        int tight = 0;
        for (int i = 0; i < 300; i++) {
            Window w;
            try {
                w = Window.of(Shape.of(1 + random.nextInt(7), 1 + random.nextInt(7), CHANNELS),
                        new Extent(1 + random.nextInt(3), 1 + random.nextInt(3)),
                        new Extent(1 + random.nextInt(2), 1 + random.nextInt(2)),
                        new Padding.Explicit(random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2)),
                        new Extent(1 + random.nextInt(2), 1 + random.nextInt(2)));
            } catch (ShapeException e) {
                continue;
            }
            for (Reads.Mode mode : List.of(Reads.Mode.ALONG, Reads.Mode.AHEAD)) {
                tight += check(w, new Reads(Reads.Unit.PIXELS, 1 + random.nextInt(3), mode));
                tight += check(w, new Reads(Reads.Unit.ROWS, 1 + random.nextInt(2), mode));
            }
            check(w, new Reads(Reads.Unit.ROWS, 1 + random.nextInt(2), Reads.Mode.ONCE));
            Reads channelwise = new Reads(Reads.Unit.ROWS, 1 + random.nextInt(2), Reads.Mode.CHANNELWISE);
            check(w, channelwise);
            assertThat(KernelSweep.of(node(w), channelwise).interleave()).isEqualTo(CHANNELS);
        }
        assertThat(tight).isGreaterThan(1000);
    }

    /** Returns the number of steps in which exactly the first needed byte is read. */
    private static int check(Window w, Reads reads) {
        Sweep sweep = KernelSweep.of(node(w), reads);
        int part = reads.count() * (reads.unit() == Reads.Unit.ROWS ? w.outW() : 1);
        int all = w.outH() * w.outW();
        int tight = 0;
        assertThat(sweep.written(sweep.steps() - 1)).isEqualTo((long) all * CHANNELS);
        for (int step = 0; step < sweep.steps(); step++) {
            int begin = step * part;
            int end = Math.min(all, begin + part);
            assertThat(sweep.written(step)).isEqualTo((long) end * CHANNELS);
            TreeSet<Integer> later = read(w, reads.mode() == Reads.Mode.ALONG ? begin : end, all);
            if (reads.keepsRows()) {
                int kept = w.row((end - 1) / w.outW(), w.kernelH() - 1);
                later.removeIf(pixel -> pixel / w.inW() <= kept);
            }
            if (!later.isEmpty()) {
                assertThat((long) later.first() * CHANNELS).as("%s, %s, step %d", w, reads, step)
                        .isGreaterThanOrEqualTo(sweep.needed(0, step));
                tight += (long) later.first() * CHANNELS == sweep.needed(0, step) ? 1 : 0;
            }
        }
        return tight;
    }

    @Test
    void elementsDependOnInputsOfTheSameSizeOnly() {
        Value x = Value.real(1, "x", Shape.of(10));
        Value tail = Value.real(2, "tail", Shape.of(5));
        Node node = new Node("add", new WeightedAddition.Int8(
                new WeightedAddition.Geometry(10, 5, 1, 1, 0, 0, -128, 127)), List.of(x, tail),
                Value.real(3, "y", Shape.of(10)), Span.wholeFile("test"));
        Sweep sweep = KernelSweep.of(node, new Reads(Reads.Unit.ELEMENTS, 4, Reads.Mode.AHEAD));
        assertThat(sweep.steps()).isEqualTo(3);
        assertThat(List.of(sweep.written(0), sweep.written(1), sweep.written(2))).containsExactly(4L, 8L, 10L);
        assertThat(List.of(sweep.needed(0, 0), sweep.needed(0, 1), sweep.needed(0, 2))).containsExactly(4L, 8L, 10L);
        assertThat(List.of(sweep.needed(1, 0), sweep.needed(1, 1), sweep.needed(1, 2))).containsExactly(0L, 0L, 0L);
        assertThat(sweep.allows(0, 0)).isTrue();
        assertThat(sweep.allows(0, 1)).isFalse();
        assertThat(sweep.allows(1, 0)).isFalse();
    }
}
