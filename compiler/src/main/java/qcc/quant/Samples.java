package qcc.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

    /** Uniform values in the declared range of each input. */
    public static Samples random(Graph graph, long seed, int count) {
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
