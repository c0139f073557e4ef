package qcc.program;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.Window;
import qcc.plan.MemoryPlan;
import qcc.plan.RowLayer;
import qcc.plan.RowLayer.RowWindow;
import qcc.target.KernelRow;
import qcc.target.Reads;

/**
 * Which layers can be computed a band of rows at a time, by calls of the same kernel with the literals of the band:
 * windows over an image, and functions of single elements.
 */
final class RowLayers {
    private RowLayers() {
    }

    /**
     * The layer for a node and the kernel that computes it; empty if it has to be computed at once. Weights are not
     * unpacked for every band anew.
     *
     * @param followed values of which a layer always finds its first row at an aligned address
     */
    static Optional<RowLayer> of(KernelChoice choice, Set<Value> followed) {
        return choice.unpacking(Optional.of(0)).isPresent() ? Optional.empty()
                : of(choice.node(), choice.row(), followed);
    }

    private static Optional<RowLayer> of(Node node, KernelRow kernel, Set<Value> followed) {
        boolean images = isImage(node.output()) && !node.inputs().isEmpty()
                && node.inputs().stream().allMatch(value -> isImage(value) || followed.contains(value));
        if (!images) {
            return Optional.empty();
        }
        Map<String, Integer> literals = LayerFacts.of(node);
        return switch (kernel.reads().unit()) {
            case ALL -> Optional.empty();
            case ELEMENTS -> elements(node, kernel, literals);
            case PIXELS, ROWS -> ((IntegerOperation) node.operation()).window()
                    .flatMap(window -> windows(node, kernel, literals, window));
        };
    }

    /** Why {@link #of} is empty. */
    static String obstacle(KernelChoice choice, Set<Value> followed) {
        Node node = choice.node();
        Optional<Value> odd = Stream.concat(node.inputs().stream().filter(value -> !followed.contains(value)),
                Stream.of(node.output())).filter(value -> !isImage(value)).findFirst();
        if (odd.isPresent() && odd.get().shape().rank() == 3) {
            return "a row of `" + odd.get().name() + "` takes " + RowLayer.pitch(odd.get())
                    + " bytes: only rows whose bytes are a multiple of " + MemoryPlan.ALIGNMENT + " begin where kernels can read them";
        }
        return odd.map(value -> "`" + value.name() + "` is no image [height, width, channels]")
                .orElseGet(() -> choice.unpacking(Optional.of(0)).isPresent()
                        ? "its weights, packed in flash, would be unpacked for every row anew"
                        : "its kernel qcc_" + choice.row().name() + " computes all of " + node.output().shape() + " in one call");
    }

    /** Kernels take tensors that start at aligned addresses: so must all their rows. */
    private static boolean isImage(Value value) {
        return value.shape().rank() == 3 && RowLayer.pitch(value) % MemoryPlan.ALIGNMENT == 0;
    }

    private static Optional<RowLayer> elements(Node node, KernelRow kernel, Map<String, Integer> literals) {
        int elements = node.output().shape().size();
        boolean whole = literals.getOrDefault("n", 0) == elements && literals.getOrDefault("period", elements) == elements
                && node.inputs().stream().allMatch(input -> input.shape().equals(node.output().shape()));
        int row = elements / RowLayer.height(node.output());
        return whole ? layer(node, kernel, 1, RowWindow.SAME, overridden(literals, Map.of("n", row, "period", row)))
                : Optional.empty();
    }

    private static Optional<RowLayer> windows(Node node, KernelRow kernel, Map<String, Integer> literals, Window w) {
        int band = Math.min(w.outH(), kernel.reads().unit() == Reads.Unit.ROWS ? kernel.reads().count() : 1);
        RowWindow rows = new RowWindow(w.strideH(), w.padTop(), (w.kernelH() - 1) * w.dilationH() + 1);
        IntPredicate seesImage = row -> rows.first(row) < rows.end(row, w.inH());
        if (!IntStream.range(0, w.outH()).allMatch(seesImage)) {
            return Optional.empty();
        }
        int inH = Math.min(w.inH(), (band - 1) * w.strideH() + rows.span());
        return layer(node, kernel, band, rows,
                overridden(literals, Map.of("in_h", inH, "out_h", band, "pad_top", 0)));
    }

    private static Map<String, Integer> overridden(Map<String, Integer> literals, Map<String, Integer> others) {
        Map<String, Integer> result = new HashMap<>(literals);
        others.forEach((name, value) -> result.computeIfPresent(name, (n, old) -> value));
        return result;
    }

    private static Optional<RowLayer> layer(Node node, KernelRow kernel, int band, RowWindow window,
            Map<String, Integer> literals) {
        return !kernel.accepts(literals) ? Optional.empty() : Optional.of(new RowLayer(node, band, window,
                Math.toIntExact(kernel.scratch().evaluate(literals)), kernel.reads().keepsRows()));
    }
}
