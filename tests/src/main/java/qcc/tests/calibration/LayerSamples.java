package qcc.tests.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import qcc.ir.Node;
import qcc.program.LayerFacts;
import qcc.target.KernelRow;

/** Random layers for the kernels of each operation; the same ones for the same seed. */
final class LayerSamples {
    private static final int TRIES = 20_000;

    private final Map<String, Supplier<LayerSample>> samples;

    LayerSamples(long seed) {
        Random random = new Random(seed);
        WeightedSamples weighted = new WeightedSamples(random);
        ElementSamples elements = new ElementSamples(random);
        samples = Map.ofEntries(
                Map.entry("conv2d", weighted::conv2d),
                Map.entry("depthwise_conv2d", weighted::depthwise),
                Map.entry("dense", weighted::dense),
                Map.entry("add", elements::add),
                Map.entry("tflite_add", elements::tfliteAdd),
                Map.entry("lookup", elements::lookup),
                Map.entry("max_pool", elements::maxPool),
                Map.entry("avg_pool", elements::avgPool),
                Map.entry("tflite_avg_pool", elements::tfliteAvgPool),
                Map.entry("softmax", elements::softmax),
                Map.entry("tflite_softmax", elements::tfliteSoftmax));
    }

    /** Whether layers of the operation can be made up. */
    boolean has(String operation) {
        return samples.containsKey(operation);
    }

    /** Layers that a kernel accepts; fewer where they are hard to find. */
    List<LayerSample> forKernel(KernelRow row, int count) {
        List<LayerSample> found = new ArrayList<>();
        for (int i = 0; i < TRIES && found.size() < count; i++) {
            LayerSample sample = samples.get(row.operation()).get();
            List<Node> nodes = SampleNetwork.of(List.of(sample)).nodes();
            if (row.accepts(LayerFacts.of(nodes.get(nodes.size() - 1)))) {
                found.add(sample);
            }
        }
        return found;
    }
}
