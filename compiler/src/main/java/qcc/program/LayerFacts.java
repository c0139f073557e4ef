package qcc.program;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import qcc.ir.Node;
import qcc.ops.IntegerOperation;
import qcc.ops.Requantization;
import qcc.ops.RequantizedOperation;
import qcc.ops.WeightedSum;
import qcc.ops.Window;

/** What the formulas in the lists of kernels may ask about a layer; {@code targets/README.md} describes the names. */
public final class LayerFacts {
    private LayerFacts() {
    }

    /** The literals of a node's operation, and what is known of its numbers. */
    public static Map<String, Integer> of(Node node) {
        return of(node, node.operation() instanceof RequantizedOperation requantized
                ? Optional.of(requantized.requantization()) : Optional.empty());
    }

    /** The same for a kernel that requantises in its own way. */
    static Map<String, Integer> of(Node node, Optional<Requantization> requantization) {
        IntegerOperation operation = (IntegerOperation) node.operation();
        Map<String, Integer> facts = Literals.of(operation.geometry());
        facts.put("elements", node.output().shape().size());
        facts.put("inputs", node.inputs().size());
        facts.put("streamed", 0);
        operation.window().ifPresent(window -> window(window, facts));
        requantization.ifPresent(r -> requantization(r, ((RequantizedOperation) operation).accumulatorBits(), facts));
        if (operation instanceof WeightedSum sum) {
            facts.put("acc_bits", sum.accumulatorBits());
            facts.put("least_weight", sum.leastWeight());
        }
        return facts;
    }

    /** The same of a step of a program, of which it is also known how it is computed. */
    public static Map<String, Integer> of(Step step) {
        Map<String, Integer> facts = of(step.node(), step.requantization());
        facts.put("streamed", truth(step.rows().isPresent()));
        return facts;
    }

    private static void window(Window w, Map<String, Integer> facts) {
        int rows = (int) IntStream.range(0, w.outH())
                .filter(y -> w.row(y, 0) >= 0 && w.row(y, w.kernelH() - 1) < w.inH()).count();
        int columns = (int) IntStream.range(0, w.outW())
                .filter(x -> w.column(x, 0) >= 0 && w.column(x, w.kernelW() - 1) < w.inW()).count();
        facts.put("inner_h", rows);
        facts.put("inner_w", columns);
        facts.put("taps", taps(w.outH(), w.kernelH(), w.inH(), w.strideH(), w.padTop(), w.dilationH())
                * taps(w.outW(), w.kernelW(), w.inW(), w.strideW(), w.padLeft(), w.dilationW()));
    }

    /** Of all windows along one axis, those elements that lie inside the image. */
    private static int taps(int out, int kernel, int in, int stride, int pad, int dilation) {
        return IntStream.range(0, out).map(o -> (int) IntStream.range(0, kernel)
                .map(k -> o * stride - pad + k * dilation).filter(at -> at >= 0 && at < in).count()).sum();
    }

    private static void requantization(Requantization requantization, int bits, Map<String, Integer> facts) {
        Requantization.Rule rule = requantization.rule();
        boolean tflite = rule instanceof Requantization.Tflite;
        facts.put("by_shift", truth(rule instanceof Requantization.Shift));
        facts.put("by_product", truth(rule instanceof Requantization.Multiply));
        facts.put("by_tflite", truth(tflite));
        facts.put("by_affine", truth(rule instanceof Requantization.Affine));
        facts.put("per_channel", truth(requantization.constants().size() > 0));
        facts.put("positive", truth(tflite && requantization.low() >= ((Requantization.Tflite) rule).zero()));
        facts.put("early_zero", truth(requantization.takesZeroEarly(bits)));
        facts.put("in_parts", truth(requantization.parts(bits) != Requantization.Parts.NONE));
    }

    private static int truth(boolean holds) {
        return holds ? 1 : 0;
    }
}
