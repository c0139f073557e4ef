package qcc.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import qcc.driver.Compilation;
import qcc.driver.Fidelity;
import qcc.driver.Inputs;
import qcc.interpreter.Evaluation;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.quant.Results;
import qcc.quant.Samples;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/**
 * How far the results of an integer network are from those of the float network, over some samples. Where a layer of
 * fixed scale such as softmax gives the result, what it reads is compared: probabilities near 0 and 1 hide the error.
 */
final class ResultError {
    private final Samples samples;
    private final List<Value> compared;
    private final List<List<FloatTensor>> truth;

    /** Runs the float network of a compilation. */
    ResultError(Compilation compilation, Samples samples) {
        Graph typed = compilation.graph(Stage.TYPED);
        this.samples = samples;
        this.compared = Results.compared(typed);
        this.truth = samples.all().parallelStream().map(sample -> {
            Evaluation<FloatTensor> run = FloatInterpreter.run(typed, sample);
            return compared.stream().map(run::of).toList();
        }).toList();
    }

    /**
     * What one network gives.
     *
     * @param error     noise as a share of the signal
     * @param agreement share of the samples with the same largest element in the first result
     */
    record Score(double error, double agreement) {
    }

    /** What one sample gives. */
    private record Part(Fidelity fidelity, boolean agrees) {
    }

    /** Runs the integer network of a compilation without clean-up, whose layers have the float network's names. */
    Score score(Compilation compilation) {
        Graph integer = compilation.graph(Stage.INTEGER);
        Map<String, Value> values = new HashMap<>();
        integer.inputs().forEach(input -> values.put(input.value().name(), input.value()));
        integer.nodes().forEach(node -> values.put(node.name(), node.output()));
        List<Value> twins = compared.stream().map(value -> values.get(value.name())).toList();
        List<Part> parts = IntStream.range(0, samples.size()).parallel()
                .mapToObj(i -> part(integer, twins, i)).toList();
        Fidelity all = Fidelity.sum(parts.stream().map(Part::fidelity).toList());
        return new Score(all.signal() == 0 ? all.noise() : all.noise() / all.signal(),
                (double) parts.stream().filter(Part::agrees).count() / samples.size());
    }

    private Part part(Graph integer, List<Value> twins, int sample) {
        Evaluation<IntTensor> run = IntegerInterpreter.run(integer, Inputs.quantize(integer, samples.all().get(sample)));
        List<FloatTensor> real = truth.get(sample);
        Fidelity fidelity = Fidelity.sum(IntStream.range(0, twins.size()).mapToObj(i ->
                Fidelity.of(real.get(i), run.of(twins.get(i)), twins.get(i).quantized())).toList());
        IntTensor first = run.of(twins.get(0));
        FloatTensor wanted = real.get(0);
        int best = 0;
        int bestWanted = 0;
        for (int i = 1; i < first.size(); i++) {
            best = first.get(i) > first.get(best) ? i : best;
            bestWanted = wanted.get(i) > wanted.get(bestWanted) ? i : bestWanted;
        }
        return new Part(fidelity, best == bestWanted);
    }
}
