package qcc.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Quantization;
import qcc.quant.Samples;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/** Integer inputs to compare implementations on: real samples, random integers and extremes. */
public final class Inputs {
    private Inputs() {
    }

    /** Real tensors as integers of the graph's input quantisation. */
    public static List<IntTensor> quantize(Graph graph, List<FloatTensor> sample) {
        List<IntTensor> result = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            Quantization quantization = graph.inputs().get(i).value().quantized();
            IntTensor tensor = IntTensor.zeros(sample.get(i).shape());
            for (int k = 0; k < tensor.size(); k++) {
                tensor.set(k, quantization.quantize(sample.get(i).get(k)));
            }
            result.add(tensor);
        }
        return result;
    }

    /**
     * The extremes (all smallest, all largest, a checkerboard of both, all zero points), then real samples, then random
     * integers, {@code count} in all; at least a third of them are random.
     */
    public static List<List<IntTensor>> mixture(Graph graph, Samples samples, int count, long seed) {
        InputMix mix = InputMix.of(samples, count, seed);
        List<List<IntTensor>> inputs = new ArrayList<>(extremes(graph).subList(0, mix.extremes()));
        samples.first(mix.samples()).all().forEach(sample -> inputs.add(quantize(graph, sample)));
        Random random = new Random(seed);
        while (inputs.size() < count) {
            inputs.add(fill(graph, (q, k) -> q.type().min() + random.nextInt(q.type().max() - q.type().min() + 1)));
        }
        return inputs;
    }

    private static List<List<IntTensor>> extremes(Graph graph) {
        return List.of(
                fill(graph, (q, k) -> q.type().min()),
                fill(graph, (q, k) -> q.type().max()),
                fill(graph, (q, k) -> k % 2 == 0 ? q.type().min() : q.type().max()),
                fill(graph, (q, k) -> q.zeroPoint()));
    }

    /** Gives the element {@code index} of an input. */
    @FunctionalInterface
    private interface Filler {
        int element(Quantization input, int index);
    }

    private static List<IntTensor> fill(Graph graph, Filler filler) {
        List<IntTensor> tensors = new ArrayList<>();
        for (Input input : graph.inputs()) {
            IntTensor tensor = IntTensor.zeros(input.value().shape());
            for (int k = 0; k < tensor.size(); k++) {
                tensor.set(k, filler.element(input.value().quantized(), k));
            }
            tensors.add(tensor);
        }
        return tensors;
    }
}
