package qcc.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import qcc.interpreter.Evaluation;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.quant.Samples;
import qcc.quant.Simulation;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/** Runs the real-valued, the simulated and the integer network on the same samples. */
public final class AccuracyEvaluation {
    private final Graph original;
    private final Graph typed;
    private final Graph integer;
    private final Simulation simulation;
    private final Map<String, Value> integerValues;

    /** Prepares the three networks of a model that was given in floating point. */
    public AccuracyEvaluation(Compilation compilation) {
        original = compilation.model().graph();
        typed = compilation.graph(Stage.TYPED);
        integer = compilation.graph(Stage.INTEGER);
        simulation = new Simulation(compilation.graph(Stage.CALIBRATED), compilation.model().settings());
        integerValues = integer.nodes().stream().collect(Collectors.toMap(Node::name, Node::output));
    }

    /** Right answers of a network that came quantised, which has no float network to be compared with. */
    public static int correct(Graph integer, Samples samples, List<Integer> labels) {
        return (int) IntStream.range(0, samples.size()).parallel().filter(i -> labels.get(i) == largest(
                IntegerInterpreter.run(integer, Inputs.quantize(integer, samples.all().get(i))).outputs().get(0)))
                .count();
    }

    /** What one sample gives. */
    private record Answer(int real, int simulated, int integer, List<AccuracyReport.Layer> layers) {
    }

    /**
     * Runs all samples, on all cores.
     *
     * @param labels the right class of each sample; empty when they are not known
     */
    public AccuracyReport run(Samples samples, List<Integer> labels) {
        List<Answer> answers = IntStream.range(0, samples.size()).parallel()
                .mapToObj(i -> answer(samples.all().get(i))).toList();
        List<Integer> right = labels.isEmpty() ? answers.stream().map(Answer::real).toList() : labels;
        return new AccuracyReport(answers.size(), !labels.isEmpty(), correct(answers, Answer::real, right),
                correct(answers, Answer::simulated, right), correct(answers, Answer::integer, right),
                correct(answers, Answer::integer, answers.stream().map(Answer::real).toList()), layers(answers));
    }

    private Answer answer(List<FloatTensor> sample) {
        // Quantisation may rescale the layers of the real network; what counts in the end is the network as it came.
        FloatTensor truth = FloatInterpreter.run(original, sample).outputs().get(0);
        Evaluation<FloatTensor> real = FloatInterpreter.run(typed, sample);
        Evaluation<FloatTensor> simulated = simulation.run(sample);
        Evaluation<IntTensor> exact = IntegerInterpreter.run(integer, Inputs.quantize(integer, sample));
        List<AccuracyReport.Layer> layers = new ArrayList<>();
        for (Node node : typed.nodes()) {
            Value value = integerValues.get(node.name());
            if (value != null) {
                FloatTensor result = real.of(node.output());
                layers.add(new AccuracyReport.Layer(node.name(), Fidelity.of(result, simulated.of(node.output())),
                        Fidelity.of(result, exact.of(value), value.quantized())));
            }
        }
        return new Answer(largest(truth), largest(simulated.outputs().get(0)),
                largest(exact.outputs().get(0)), layers);
    }

    private static List<AccuracyReport.Layer> layers(List<Answer> answers) {
        List<AccuracyReport.Layer> totals = new ArrayList<>();
        for (int layer = 0; layer < answers.get(0).layers().size(); layer++) {
            int index = layer;
            totals.add(new AccuracyReport.Layer(answers.get(0).layers().get(layer).name(),
                    total(answers, index, AccuracyReport.Layer::simulated),
                    total(answers, index, AccuracyReport.Layer::integer)));
        }
        return totals;
    }

    private static Fidelity total(List<Answer> answers, int layer, Function<AccuracyReport.Layer, Fidelity> part) {
        return Fidelity.sum(answers.stream().map(answer -> part.apply(answer.layers().get(layer))).toList());
    }

    private static int correct(List<Answer> answers, Function<Answer, Integer> given, List<Integer> right) {
        return (int) IntStream.range(0, answers.size())
                .filter(i -> given.apply(answers.get(i)).equals(right.get(i))).count();
    }

    private static int largest(FloatTensor tensor) {
        return largest(tensor.size(), tensor::get);
    }

    private static int largest(IntTensor tensor) {
        return largest(tensor.size(), tensor::get);
    }

    private static int largest(int size, IntToDoubleFunction element) {
        int best = 0;
        for (int i = 1; i < size; i++) {
            best = element.applyAsDouble(i) > element.applyAsDouble(best) ? i : best;
        }
        return best;
    }
}
