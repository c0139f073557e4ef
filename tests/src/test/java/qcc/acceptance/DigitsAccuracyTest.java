package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.diagnostics.Span;
import qcc.driver.AccuracyEvaluation;
import qcc.driver.AccuracyReport;
import qcc.driver.Compilation;
import qcc.driver.Labels;
import qcc.interpreter.Evaluation;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Stage;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyFile;
import qcc.quant.SampleReader;
import qcc.quant.Samples;
import qcc.tensor.FloatTensor;

/** The trained digits network: as good in reals as its training said, and as good in integers. */
class DigitsAccuracyTest {
    private static final Span SPAN = Span.wholeFile("test");

    private static Samples samples(Graph graph, String file) {
        return SampleReader.read(graph, Workshop.DIGITS.resolve(file), file, SPAN);
    }

    /** NumPy computed the expected tensors when the network was trained. */
    @Test
    void theFloatInterpreterAgreesWithNumPy() {
        Graph graph = Workshop.digits().model().graph();
        NumpyArchive expected = NumpyFile.read(Workshop.DIGITS.resolve("expected.npz"));
        NumpyArray logits = expected.find("logits").orElseThrow();
        NumpyArray probabilities = expected.find("probabilities").orElseThrow();
        Node dense = graph.nodes().stream().filter(node -> node.name().equals("fc")).findFirst().orElseThrow();
        List<List<FloatTensor>> images = samples(graph, "expected.npz").all();
        assertThat(images).hasSize(16);
        for (int sample = 0; sample < images.size(); sample++) {
            Evaluation<FloatTensor> run = FloatInterpreter.run(graph, images.get(sample));
            for (int i = 0; i < 10; i++) {
                assertThat((double) run.of(dense.output()).get(i))
                        .isEqualTo(logits.getDouble(sample * 10 + i), within(1e-4));
                assertThat((double) run.outputs().get(0).get(i))
                        .isEqualTo(probabilities.getDouble(sample * 10 + i), within(1e-4));
            }
        }
    }

    private static void isAsGoodInIntegers(Compilation compilation) {
        Samples samples = samples(compilation.model().graph(), "test.npz");
        AccuracyReport report = new AccuracyEvaluation(compilation).run(samples,
                Labels.read(Workshop.DIGITS.resolve("test.npz"), samples.size()));
        assertThat(report.samples()).isEqualTo(400);
        assertThat(report.labelled()).isTrue();
        assertThat(report.real()).isEqualTo(394);
        assertThat(report.percent(report.integer())).isGreaterThanOrEqualTo(96)
                .isGreaterThanOrEqualTo(report.percent(report.real()) - 1);
        assertThat(report.percent(report.simulated())).isGreaterThanOrEqualTo(report.percent(report.real()) - 1);
        assertThat(report.percent(report.agreement())).isGreaterThanOrEqualTo(97);
    }

    @Test
    void powersOfTwoCostLessThanOnePoint() {
        isAsGoodInIntegers(Workshop.digits());
    }

    @Test
    void dyadicScalesCostLessThanOnePoint(@TempDir Path folder) {
        Compilation compilation = Workshop.dyadicDigits(folder);
        assertThat(compilation.graph(Stage.INTEGER).inputs().get(0).value().quantized().scale().isPowerOfTwo())
                .isFalse();
        isAsGoodInIntegers(compilation);
    }
}
