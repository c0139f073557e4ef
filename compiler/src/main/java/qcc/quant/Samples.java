package qcc.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Interval;
import qcc.tensor.FloatTensor;

/**
 * Inputs to run a network on.
 *
 * @param all one list for each sample, with one tensor for each input of the graph
 */
public record Samples(List<List<FloatTensor>> all) {
    /** The range of random values for inputs that declare none. */
    private static final Interval DEFAULT_RANGE = new Interval(-1, 1);

    public Samples {
        all = List.copyOf(all);
    }

    public int size() {
        return all.size();
    }

    /** At most the first {@code count} samples. */
    public Samples first(int count) {
        return new Samples(all.subList(0, Math.min(count, all.size())));
    }

    /**
     * Refuses samples that would not fit into the compiler's memory beside its other data.
     *
     * @param span the place that asks for them
     */
    static void requireSpace(Graph graph, int count, Span span) {
        long elements = graph.inputs().stream().mapToLong(input -> input.value().shape().size()).sum() * count;
        if (elements * Float.BYTES > Runtime.getRuntime().maxMemory() / 2) {
            throw new CompilationFailed(Diagnostic.of(Code.E207, span, String.format(Locale.ROOT,
                    "%,d samples of the inputs hold %,d numbers, too many for the compiler's memory", count, elements))
                    .help("use fewer samples or smaller inputs, or give Java more memory with the environment variable "
                            + "JAVA_TOOL_OPTIONS=-Xmx8g"));
        }
    }

    /** Uniform values in the declared range of each input. */
    public static Samples random(Graph graph, long seed, int count, Span span) {
        requireSpace(graph, count, span);
        Random random = new Random(seed);
        List<List<FloatTensor>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<FloatTensor> sample = new ArrayList<>();
            for (Input input : graph.inputs()) {
                Interval range = input.range().orElse(DEFAULT_RANGE);
                FloatTensor tensor = FloatTensor.zeros(input.value().shape());
                for (int k = 0; k < tensor.size(); k++) {
                    tensor.set(k, range.low() + random.nextDouble() * (range.high() - range.low()));
                }
                sample.add(tensor);
            }
            all.add(sample);
        }
        return new Samples(all);
    }
}
