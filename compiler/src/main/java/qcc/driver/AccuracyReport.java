package qcc.driver;

import java.util.List;
import java.util.stream.IntStream;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.quant.Samples;
import qcc.quant.Simulation;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/**
 * How well the real-valued, the simulated and the integer network classify labelled samples. The class is the index of
 * the largest element of the first output; of equal elements the first counts.
 *
 * @param samples   number of samples
 * @param labelled  whether labels were given; without them the float network's answers stand for them
 * @param real      correct answers of the network in floating point
 * @param simulated correct answers with quantisation simulated
 * @param integer   correct answers of the integer network, which is what the firmware computes
 * @param agreement samples on which the integer network answers as the real one
 */
public record AccuracyReport(int samples, boolean labelled, int real, int simulated, int integer, int agreement) {

    /** The classes that the three networks answer for one sample. */
    private record Answer(int real, int simulated, int integer) {
    }

    /**
     * Runs all samples, on all cores.
     *
     * @param labels the right class of each sample; empty when they are not known
     */
    public static AccuracyReport of(Compilation compilation, Samples samples, List<Integer> labels) {
        Graph typed = compilation.graph(Stage.TYPED);
        Graph integer = compilation.graph(Stage.INTEGER);
        Simulation simulation = new Simulation(compilation.graph(Stage.CALIBRATED), compilation.model().settings());
        List<Answer> answers = IntStream.range(0, samples.size()).parallel().mapToObj(i -> {
            List<FloatTensor> sample = samples.all().get(i);
            return new Answer(argmax(FloatInterpreter.run(typed, sample).outputs().get(0)),
                    argmax(simulation.run(sample).outputs().get(0)),
                    argmax(IntegerInterpreter.run(integer, Inputs.quantize(integer, sample)).outputs().get(0)));
        }).toList();
        List<Integer> right = labels.isEmpty() ? answers.stream().map(Answer::real).toList() : labels;
        int[] correct = new int[4];
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            correct[0] += answer.real() == right.get(i) ? 1 : 0;
            correct[1] += answer.simulated() == right.get(i) ? 1 : 0;
            correct[2] += answer.integer() == right.get(i) ? 1 : 0;
            correct[3] += answer.integer() == answer.real() ? 1 : 0;
        }
        return new AccuracyReport(answers.size(), !labels.isEmpty(), correct[0], correct[1], correct[2], correct[3]);
    }

    /** A count as a share of the samples, in percent. */
    public double percent(int count) {
        return 100.0 * count / samples;
    }

    private static int argmax(FloatTensor tensor) {
        int best = 0;
        for (int i = 1; i < tensor.size(); i++) {
            best = tensor.get(i) > tensor.get(best) ? i : best;
        }
        return best;
    }

    private static int argmax(IntTensor tensor) {
        int best = 0;
        for (int i = 1; i < tensor.size(); i++) {
            best = tensor.get(i) > tensor.get(best) ? i : best;
        }
        return best;
    }
}
