package qcc.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import qcc.interpreter.Evaluation;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.quant.Samples;
import qcc.quant.Simulation;
import qcc.tensor.FloatTensor;

/** The distributions of a float network's weights and activations. */
public final class Distributions {
    private static final int BINS = 96;
    /** More samples hardly change a histogram. */
    private static final int MOST_SAMPLES = 100;
    private static final String WEIGHT = "weight";

    private Distributions() {
    }

    /** Of the inputs and the results of all layers that the integer network computes, in order of execution. */
    public static List<Distribution> activations(Compilation compilation, Samples samples) {
        Graph typed = compilation.graph(Stage.TYPED);
        Graph integer = compilation.graph(Stage.INTEGER);
        Map<String, Quantization> quantizations = integer.values().stream()
                .collect(Collectors.toMap(Value::name, Value::quantized, (first, second) -> first));
        List<Value> wanted = typed.values().stream().filter(value -> quantizations.containsKey(value.name())).toList();
        Map<Integer, List<FloatTensor>> tensors = new HashMap<>();
        samples.first(MOST_SAMPLES).all().forEach(sample -> {
            Evaluation<FloatTensor> run = FloatInterpreter.run(typed, sample);
            wanted.forEach(value -> tensors.computeIfAbsent(value.id(), id -> new ArrayList<>()).add(run.of(value)));
        });
        return wanted.stream().map(value -> {
            Quantization q = quantizations.get(value.name());
            return of(value.name(), tensors.get(value.id()), q.dequantize(q.type().min()), q.dequantize(q.type().max()),
                    q.toString());
        }).toList();
    }

    /** Of the weights as they are quantised, that is with batch norms folded in. */
    public static List<Distribution> weights(Compilation compilation) {
        Graph calibrated = compilation.graph(Stage.CALIBRATED);
        Map<String, Node> simulated = new Simulation(calibrated, compilation.model().settings()).graph().nodes().stream()
                .collect(Collectors.toMap(Node::name, node -> node));
        return calibrated.nodes().stream().flatMap(node -> Stream.of(weights(node), weights(simulated.get(node.name())))
                .flatMap(Optional::stream).collect(Collectors.collectingAndThen(Collectors.toList(),
                        pair -> pair.size() == 2 ? Stream.of(weights(node.name(), pair.get(0), pair.get(1)))
                                : Stream.<Distribution>empty()))).toList();
    }

    private static Optional<FloatTensor> weights(Node node) {
        return Optional.ofNullable(((Layer<?>) node.operation()).parameters().get(WEIGHT));
    }

    private static Distribution weights(String name, FloatTensor real, FloatTensor rounded) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rounded.size(); i++) {
            low = Math.min(low, rounded.get(i));
            high = Math.max(high, rounded.get(i));
        }
        return of(name, List.of(real), low, high, String.format(Locale.ROOT, "%,d weights, SQNR %.1f dB", real.size(),
                Fidelity.of(real, rounded).sqnr()));
    }

    private static Distribution of(String name, List<FloatTensor> tensors, double clipLow, double clipHigh,
            String remark) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (FloatTensor tensor : tensors) {
            for (int i = 0; i < tensor.size(); i++) {
                low = Math.min(low, tensor.get(i));
                high = Math.max(high, tensor.get(i));
            }
        }
        long[] counts = new long[BINS];
        double width = high - low;
        for (FloatTensor tensor : tensors) {
            for (int i = 0; i < tensor.size(); i++) {
                counts[width > 0 ? Math.min(BINS - 1, (int) ((tensor.get(i) - low) / width * BINS)) : 0]++;
            }
        }
        return new Distribution(name, low, high, LongStream.of(counts).boxed().toList(), clipLow, clipHigh, remark);
    }
}
