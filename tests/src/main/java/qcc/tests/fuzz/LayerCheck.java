package qcc.tests.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import qcc.interpreter.Evaluation;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.IntegerType;
import qcc.ir.Node;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.Rounding;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/**
 * Compares every integer layer with the real-valued layer that it stands for, on the same inputs: those that the
 * integer layers before it computed. So errors do not add up, and the bound can be sharp. This finds wrong
 * quantisation rules, which interpreter and firmware share.
 */
final class LayerCheck {
    /** For single precision, and for factors of 32 bits. */
    private static final double SLACK = 0.02;
    /** The same for int16, at the end of whose range a factor of 32 bits is a quarter of a step off. */
    private static final double WIDE_SLACK = 0.3;

    private final Graph simulated;
    private final Graph integer;
    private final LayerScheme scheme;
    private final Map<String, Value> values = new HashMap<>();

    /**
     * @param simulated CALIBRATED, with the weights and biases that the integers express
     * @param integer   the INTEGER graph made of it
     * @param scheme    how layers are quantised that do not say otherwise
     */
    LayerCheck(Graph simulated, Graph integer, LayerScheme scheme) {
        this.simulated = simulated;
        this.integer = integer;
        this.scheme = scheme;
        integer.values().forEach(value -> values.put(value.name(), value));
    }

    /**
     * A layer that is wrong.
     *
     * @param node    the real-valued layer
     * @param message what differs
     */
    record Finding(Node node, String message) {
    }

    /** The first layer whose result is further from the real one than rounding explains. */
    Optional<Finding> run(List<List<IntTensor>> samples) {
        for (List<IntTensor> sample : samples) {
            Evaluation<IntTensor> evaluation = IntegerInterpreter.run(integer, sample);
            for (Node node : simulated.nodes()) {
                Optional<Finding> finding = compare(node, evaluation);
                if (finding.isPresent()) {
                    return finding;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> compare(Node node, Evaluation<IntTensor> evaluation) {
        List<FloatTensor> arguments = new ArrayList<>();
        for (Value input : node.inputs()) {
            Value value = values.get(input.name());
            arguments.add(real(value.quantized(), evaluation.of(value)));
        }
        FloatTensor expected = ((Layer<?>) node.operation()).evaluate(arguments);
        Value value = values.get(node.output().name());
        IntTensor actual = evaluation.of(value);
        double slack = value.quantized().type() == IntegerType.INT16 ? WIDE_SLACK : SLACK;
        double tolerance = rounding((Layer<?>) node.operation()) + slack;
        for (int i = 0; i < expected.size(); i++) {
            double distance = distance(value.quantized(), expected.get(i), actual.get(i));
            if (!(distance <= tolerance)) {
                return Optional.of(new Finding(node, String.format(Locale.ROOT,
                        "layer `%s` (%s), element %d: the integer result is %s, the real one %s: %.2f steps apart, "
                        + "rounding explains %.2f", node.name(), node.operation().mnemonic(), i,
                        value.quantized().dequantize(actual.get(i)), expected.get(i), distance, tolerance)));
            }
        }
        return Optional.empty();
    }

    /** In steps of the output; beyond the end of the range, the last integer is right. */
    private static double distance(Quantization quantization, double expected, int actual) {
        double low = quantization.dequantize(quantization.type().min());
        double high = quantization.dequantize(quantization.type().max());
        double reachable = Math.max(low, Math.min(high, expected));
        return Math.abs(reachable - quantization.dequantize(actual)) / quantization.scale().toDouble();
    }

    private double rounding(Layer<?> layer) {
        return scheme.with(layer.options()).rounding() == Rounding.FLOOR ? 1 : 0.5;
    }

    private static FloatTensor real(Quantization quantization, IntTensor integers) {
        FloatTensor result = FloatTensor.zeros(integers.shape());
        for (int i = 0; i < result.size(); i++) {
            result.set(i, quantization.dequantize(integers.get(i)));
        }
        return result;
    }
}
