package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qcc.diagnostics.Span;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.plan.RowLayer.RowWindow;
import qcc.tensor.Shape;

/** Streams of layers: what they keep, and that keeping less or moving anything is noticed. */
class StreamTest {
    private static final RowWindow THREE = new RowWindow(1, 1, 3);

    private final List<RowLayer> layers = new ArrayList<>();
    private int ids;

    private Value image(int height, int pitch) {
        return Value.real(ids++, "t" + ids, Shape.of(height, 1, pitch));
    }

    private Value layer(RowWindow window, int height, int pitch, int band, int scratch, Value... inputs) {
        Value output = image(height, pitch);
        layers.add(new RowLayer(new Node("layer" + layers.size(), new StreamedLayers(List.of(), List.of()),
                List.of(inputs), output, Span.wholeFile("test")), band, window, scratch, false));
        return output;
    }

    private RowStream stream() {
        RowStream stream = StreamScheduler.of(layers);
        assertThat(StreamCheck.violations(stream)).isEmpty();
        return stream;
    }

    private static int kept(RowStream stream, Value value) {
        return stream.ring(value).orElseThrow().rows();
    }

    @Test
    void aRingKeepsTheRowsOfOneWindow() {
        Value a = layer(RowWindow.SAME, 8, 16, 1, 0, image(8, 16));
        layer(THREE, 8, 16, 1, 0, a);
        RowStream stream = stream();
        assertThat(kept(stream, a)).isEqualTo(3);
        assertThat(stream.bytes()).isEqualTo(48);
        assertThat(stream.order()).containsExactly(0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1);
        assertThat(stream.overheads()).isEqualTo(new RowStream.Overheads(14, 5 * 32, 0, 0));
    }

    @Test
    void aBandOfTwoRowsKeepsOneMore() {
        Value a = layer(RowWindow.SAME, 8, 16, 1, 0, image(8, 16));
        layer(THREE, 8, 16, 2, 0, a);
        assertThat(kept(stream(), a)).isEqualTo(4);
    }

    /** The shortcut of a residual block needs no rows of its own: those of the convolution serve it, too. */
    @Test
    void aShortcutIsReadFromTheSameRing() {
        Value a = layer(RowWindow.SAME, 8, 16, 1, 0, image(8, 16));
        Value b = layer(THREE, 8, 16, 1, 0, a);
        Value c = layer(THREE, 8, 16, 1, 0, b);
        layer(RowWindow.SAME, 8, 16, 1, 0, a, c);
        RowStream stream = stream();
        assertThat(kept(stream, b)).isEqualTo(3);
        assertThat(kept(stream, c)).isEqualTo(1);
        assertThat(kept(stream, a)).isLessThanOrEqualTo(5);
    }

    /** Rows that wait in no one's ring leave their place to scratch memory and to each other. */
    @Test
    void whatIsNotInUseTogetherSharesItsPlace() {
        Value a = layer(RowWindow.SAME, 8, 16, 1, 100, image(8, 16));
        Value b = layer(RowWindow.SAME, 8, 16, 1, 100, a);
        layer(RowWindow.SAME, 8, 16, 1, 100, b);
        assertThat(stream().bytes()).isEqualTo(132);
    }

    /** What the last layer writes may push against what the first one has read. */
    @Test
    void theSweepFollowsTheOrder() {
        Value x = image(8, 16);
        Value a = layer(RowWindow.SAME, 8, 32, 1, 0, x);
        layer(new RowWindow(2, 0, 3), 4, 16, 1, 0, a);
        Sweep sweep = stream().sweep();
        assertThat(sweep.below(0)).isEqualTo(32);
        assertThat(sweep.written(sweep.steps() - 1)).isEqualTo(64);
    }

    private Value supplied(int height, int pitch) {
        Value output = image(height, pitch);
        layers.add(RowLayer.supplying(new Node(output.name(), new SuppliedRows(output.shape()), List.of(), output,
                Span.wholeFile("test"))));
        return output;
    }

    /** Rows of any length: the window begins with the first row that its only reader needs. */
    @Test
    void aWindowFollowsItsOnlyReader() {
        Value x = supplied(9, 10);
        layer(new RowWindow(2, 1, 4), 4, 16, 1, 0, x);
        RowStream stream = stream();
        assertThat(stream.window(x)).hasValue(new RowStream.Window(x, 4, 0, true));
        assertThat(stream.bytes()).isEqualTo(40);
        assertThat(stream.inputs()).isEmpty();
        assertThat(stream.suppliedRows()).extracting(RowStream.Row::row).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(stream.overheads().movedBytes()).isEqualTo((2 + 2 + 2) * 10);
    }

    /** Rows behind the last window are nobody's; rows between two windows are asked for and dropped. */
    @Test
    void onlyRowsUpToTheLastWindowAreAskedFor() {
        Value x = supplied(10, 4);
        layer(new RowWindow(4, 0, 1), 2, 4, 1, 0, x);
        assertThat(stream().suppliedRows()).extracting(RowStream.Row::row).containsExactly(0, 1, 2, 3, 4);
        assertThat(stream().bytes()).isEqualTo(4);
    }

    @Test
    void randomStreamsWithSuppliedRowsAreRightAndAnyRowLessIsNoticed() {
        Random random = new Random(12);
        int mutants = 0;
        for (int i = 0; i < 150; i++) {
            layers.clear();
            randomLayers(random, supplied(5 + random.nextInt(12), 4 * (1 + random.nextInt(4))), 0);
            RowStream stream = stream();
            for (RowStream.Window window : stream.windows().values()) {
                mutants++;
                assertThat(StreamCheck.violations(with(stream, new RowStream.Window(window.value(), window.rows() - 1,
                        window.offset(), window.followed())))).isNotEmpty();
                assertThat(StreamCheck.violations(with(stream, new RowStream.Window(window.value(), window.rows(),
                        stream.bytes() - window.bytes() + 4, window.followed())))).isNotEmpty();
            }
        }
        assertThat(mutants).isEqualTo(150);
    }

    @Test
    void randomStreamsAreRightAndAnyRowLessIsNoticed() {
        Random random = new Random(11);
        int noticed = 0;
        int mutants = 0;
        for (int i = 0; i < 150; i++) {
            layers.clear();
            randomLayers(random, image(5 + random.nextInt(12), 4 * (1 + random.nextInt(4))), 1);
            RowStream stream = stream();
            for (Map.Entry<Integer, RowStream.Ring> entry : stream.rings().entrySet()) {
                RowStream.Ring ring = entry.getValue();
                mutants++;
                noticed += ring.rows() == 1 || !StreamCheck.violations(with(stream, new RowStream.Ring(ring.value(),
                        ring.rows() - 1, ring.offset()))).isEmpty() ? 1 : 0;
                assertThat(StreamCheck.violations(with(stream, new RowStream.Ring(ring.value(), ring.rows(),
                        stream.bytes() - ring.bytes() + 4)))).isNotEmpty();
            }
        }
        assertThat(noticed).isEqualTo(mutants).isGreaterThan(300);
    }

    /**
     * Layers with one or two inputs of the same height, as far as there are any.
     *
     * @param unshared how many of the first tensors have a single reader
     */
    private void randomLayers(Random random, Value first, int unshared) {
        List<Value> values = new ArrayList<>(List.of(first));
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            Value input = values.get(values.size() - 1);
            int height = RowLayer.height(input);
            List<Value> others = values.stream().skip(unshared).filter(v -> v != input && v.shape().equals(input.shape()))
                    .toList();
            if (!others.isEmpty() && random.nextInt(3) == 0) {
                values.add(layer(RowWindow.SAME, height, RowLayer.pitch(input), 1, random.nextInt(9), others.get(0),
                        input));
                continue;
            }
            int span = 1 + random.nextInt(3);
            int stride = height > 6 ? 1 + random.nextInt(2) : 1;
            int rows = (height + stride - 1) / stride;
            values.add(layer(new RowWindow(stride, (span - 1) / 2, span), rows,
                    random.nextBoolean() ? RowLayer.pitch(input) : 4 * (1 + random.nextInt(4)), 1 + random.nextInt(2),
                    random.nextInt(40), input));
        }
    }

    private static RowStream with(RowStream stream, RowStream.Window window) {
        return new RowStream(stream.layers(), stream.order(), stream.rings(), Map.of(window.value().id(), window),
                stream.scratch(), stream.bytes(), stream.sweep(), stream.node(), stream.overheads());
    }

    private static RowStream with(RowStream stream, RowStream.Ring ring) {
        Map<Integer, RowStream.Ring> rings = new HashMap<>(stream.rings());
        rings.put(ring.value().id(), ring);
        return new RowStream(stream.layers(), stream.order(), rings, stream.windows(), stream.scratch(), stream.bytes(), stream.sweep(),
                stream.node(), stream.overheads());
    }
}
