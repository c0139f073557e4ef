package qcc.quant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Value;
import qcc.tensor.FloatTensor;

/** The distribution of every value of a graph over calibration samples. */
final class Ranges {
    private Ranges() {
    }

    /** Runs the samples twice: for the extremes, then for the histograms between them. Uses all cores. */
    static Map<Integer, Histogram> observe(Graph graph, Samples samples) {
        Map<Integer, Histogram> totals = new HashMap<>();
        for (Map.Entry<Integer, Interval> entry : extremes(graph, samples).entrySet()) {
            totals.put(entry.getKey(), new Histogram(entry.getValue()));
        }
        forEachTensor(graph, samples, (value, tensor) -> {
            Histogram total = totals.get(value.id());
            Histogram own = new Histogram(total.range());
            for (int i = 0; i < tensor.size(); i++) {
                own.add(tensor.get(i));
            }
            synchronized (total) {
                total.add(own);
            }
        });
        return totals;
    }

    private static Map<Integer, Interval> extremes(Graph graph, Samples samples) {
        Map<Integer, Interval> extremes = new ConcurrentHashMap<>();
        forEachTensor(graph, samples, (value, tensor) -> {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < tensor.size(); i++) {
                double element = finite(value, tensor.get(i));
                low = Math.min(low, element);
                high = Math.max(high, element);
            }
            extremes.merge(value.id(), new Interval(low, high),
                    (a, b) -> new Interval(Math.min(a.low(), b.low()), Math.max(a.high(), b.high())));
        });
        return extremes;
    }

    private static double finite(Value value, float element) {
        if (!Float.isFinite(element)) {
            throw new NotFiniteException(value);
        }
        return element;
    }

    /** The order in which samples are visited does not matter to either caller. */
    private static void forEachTensor(Graph graph, Samples samples, BiConsumer<Value, FloatTensor> consumer) {
        List<List<FloatTensor>> all = new ArrayList<>(samples.all());
        IntStream.range(0, all.size()).parallel().forEach(i -> FloatInterpreter.run(graph, all.get(i),
                (value, tensor) -> {
                    consumer.accept(value, tensor);
                    return tensor;
                }));
    }

    /** A value of the real-valued network is infinite or not a number. */
    static final class NotFiniteException extends RuntimeException {
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
