package qcc.driver;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import qcc.quant.LayerBits;
import qcc.quant.Samples;

/** How accurate a network is with weights of fewer and fewer bits in all layers. */
public final class BitsComparison {
    private static final int FEWEST = 2;
    private static final int MOST = 8;
    /** More samples hardly change the picture. */
    private static final int MOST_SAMPLES = 200;

    private BitsComparison() {
    }

    /**
     * Quantises a network that came in reals with each number of bits.
     *
     * @param labels   the right class of each sample; empty when they are not known
     * @param progress told which number of bits is next
     * @return the report for each number of bits
     */
    public static Map<Integer, AccuracyReport> run(Compilation compilation, Samples samples, List<Integer> labels,
            Consumer<String> progress) {
        Samples few = samples.first(MOST_SAMPLES);
        List<Integer> known = labels.subList(0, Math.min(few.size(), labels.size()));
        List<String> layers = LayerBits.layers(compilation.model().graph());
        Map<Integer, AccuracyReport> reports = new TreeMap<>();
        for (int bits = FEWEST; bits <= MOST; bits++) {
            progress.accept("quantising with " + bits + " bits");
            int same = bits;
            Map<String, Integer> uniform = layers.stream().collect(Collectors.toMap(layer -> layer, layer -> same));
            reports.put(bits, new AccuracyEvaluation(compilation.withBits(uniform)).run(few, known));
        }
        return reports;
    }
}
