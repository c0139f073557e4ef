package qcc.quant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.ops.Softmax;
import qcc.tensor.FloatTensor;

/** The distribution of every value of a graph over calibration samples. */
final class Ranges {
    private Ranges() {
    }

    /** Runs the samples twice: for the extremes, then for the histograms between them. Uses all cores. */
    static Observations observe(Graph graph, Samples samples) {
        Map<Integer, FloatTensor[]> logits = logits(graph, samples.size());
        Map<Integer, Interval> extremes = new ConcurrentHashMap<>();
        forEachTensor(graph, samples, (value, sample, tensor) -> {
            extremes.merge(value.id(), extremes(tensor), Interval::union);
            if (logits.containsKey(value.id())) {
                logits.get(value.id())[sample] = tensor;
            }
        });
        Map<Integer, Histogram> totals = new HashMap<>();
        extremes.forEach((id, range) -> totals.put(id, new Histogram(range)));
        forEachTensor(graph, samples, (value, sample, tensor) -> {
            Histogram total = totals.get(value.id());
            Histogram own = new Histogram(total.range());
            for (int i = 0; i < tensor.size(); i++) {
                own.add(tensor.get(i));
            }
            synchronized (total) {
                total.add(own);
            }
        });
        Map<Integer, List<FloatTensor>> kept = new HashMap<>();
        logits.forEach((id, tensors) -> kept.put(id, List.of(tensors)));
        return new Observations(totals, kept);
    }

    /** Room for what softmax layers read, which is kept as it is; it is little. */
    private static Map<Integer, FloatTensor[]> logits(Graph graph, int samples) {
        Map<Integer, FloatTensor[]> logits = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (((Layer<?>) node.operation()).operator() instanceof Softmax) {
                logits.put(node.inputs().get(0).id(), new FloatTensor[samples]);
            }
        }
        return logits;
    }

    /** For each value and channel (its last axis) the interval that holds all samples. */
    static Map<Integer, List<Interval>> channels(Graph graph, Samples samples) {
        Map<Integer, List<Interval>> all = new ConcurrentHashMap<>();
        forEachTensor(graph, samples, (value, sample, tensor) -> all.merge(value.id(), channels(tensor),
                (a, b) -> IntStream.range(0, a.size()).mapToObj(c -> a.get(c).union(b.get(c))).toList()));
        return all;
    }

    private static List<Interval> channels(FloatTensor tensor) {
        int channels = tensor.shape().last();
        double[] low = new double[channels];
        double[] high = new double[channels];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < tensor.size(); i++) {
            low[i % channels] = Math.min(low[i % channels], tensor.get(i));
            high[i % channels] = Math.max(high[i % channels], tensor.get(i));
        }
        return IntStream.range(0, channels).mapToObj(c -> new Interval(low[c], high[c])).toList();
    }

    private static Interval extremes(FloatTensor tensor) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < tensor.size(); i++) {
            low = Math.min(low, tensor.get(i));
            high = Math.max(high, tensor.get(i));
        }
        return new Interval(low, high);
    }

    /** Told of every tensor of every sample, in any order and by several threads. */
    @FunctionalInterface
    private interface Observer {
        void accept(Value value, int sample, FloatTensor tensor);
    }

    /** The order in which samples are visited does not matter to any caller. */
    private static void forEachTensor(Graph graph, Samples samples, Observer consumer) {
        List<List<FloatTensor>> all = new ArrayList<>(samples.all());
        try {
            IntStream.range(0, all.size()).parallel().forEach(i -> FloatInterpreter.run(graph, all.get(i),
                    (value, tensor) -> {
                        requireFinite(value, tensor);
                        consumer.accept(value, i, tensor);
                        return tensor;
                    }));
        } catch (NotFiniteException e) {
            throw new CompilationFailed(diagnostic(graph, e.value()));
        }
    }

    private static void requireFinite(Value value, FloatTensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Float.isFinite(tensor.get(i))) {
                throw new NotFiniteException(value);
            }
        }
    }

    private static Diagnostic diagnostic(Graph graph, Value value) {
        boolean isInput = graph.inputs().stream().anyMatch(input -> input.value().id() == value.id());
        return Diagnostic.of(Code.E502, spanOf(graph, value), (isInput ? "the input `" : "the result of `")
                + value.name() + "` leaves the range of float32 for a calibration sample")
                .because("its largest number is 3.4e38; what lies beyond counts as infinite")
                .help(isInput ? "check the calibration data"
                        : "check the parameters of this layer and of those before it, and the calibration data");
    }

    private static Span spanOf(Graph graph, Value value) {
        return graph.nodes().stream().filter(n -> n.output().id() == value.id()).map(Node::span).findFirst()
                .orElseGet(() -> graph.inputs().get(0).span());
    }

    /** A value of the real-valued network is infinite or not a number. */
    private static final class NotFiniteException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Value value;

        NotFiniteException(Value value) {
            super("not finite: " + value);
            this.value = value;
        }

        Value value() {
            return value;
        }
    }
}
