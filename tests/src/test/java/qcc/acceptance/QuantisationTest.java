package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.diagnostics.Span;
import qcc.driver.AccuracyEvaluation;
import qcc.driver.AccuracyReport;
import qcc.driver.Compilation;
import qcc.driver.Labels;
import qcc.driver.ModelSettings;
import qcc.driver.Verification;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyFile;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.quant.SampleReader;
import qcc.quant.Samples;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/** Two networks on real data: what quantisation may cost them, by setting, on images that had no part in anything. */
class QuantisationTest {
    private static final Path MODELS = Workshop.DIGITS.getParent();

    private static Compilation compilation(String model, String settings) {
        Compilation compilation = new Compilation(MODELS.resolve(model).resolve(model + ".qdsl"), (pass, graph) -> { },
                false);
        String samples = MODELS.resolve(model).resolve("calibration.npz").toString();
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(),
                Optional.of(settings.replace("CALIBRATION", samples)),
                Optional.empty(), ModelSettings.DEFAULT.memory()));
        return compilation;
    }

    private static Samples samples(Graph graph, Path file) {
        return SampleReader.read(graph, file, file.toString(), Span.wholeFile("test"));
    }

    /** NumPy computed the expected tensors when the network was trained. */
    @Test
    void theFloatInterpreterAgreesWithNumPy() {
        Path file = MODELS.resolve("handwriting").resolve("expected.npz");
        Graph graph = compilation("handwriting", "methods none").model().graph();
        NumpyArray probabilities = NumpyFile.read(file).find("probabilities").orElseThrow();
        List<List<FloatTensor>> images = samples(graph, file).all();
        for (int sample = 0; sample < images.size(); sample++) {
            FloatTensor output = FloatInterpreter.run(graph, images.get(sample)).outputs().get(0);
            for (int i = 0; i < 10; i++) {
                assertThat((double) output.get(i)).isEqualTo(probabilities.getDouble(sample * 10 + i), within(1e-4));
            }
        }
    }

    /** Points are percent of the test images; the loss is that of the integer network, which the firmware computes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "digits      | scales power_of_two                                             | 0.5",
        "digits      | scales power_of_two; activations int8 symmetric                 | 1.0",
        "digits      | scales shift                                                    | 0.5",
        "digits      | calibrate synthetic(seed = 1, count = 32)                       | 1.5",
        "digits      | weights int4; methods equalise adaround                         | 1.5",
        "handwriting | scales power_of_two                                             | 0.5",
        "handwriting | scales dyadic                                                   | 0.5",
        "digits      | scales auto                                                     | 0.5",
        "handwriting | scales auto                                                     | 0.2",
        "digits      | calibrate \"CALIBRATION\" using kl                               | 0.5",
        "handwriting | calibrate \"CALIBRATION\" using kl                               | 0.5",
        "handwriting | activations int16                                               | 0.2",
        "handwriting | calibrate synthetic(seed = 1, count = 32)                       | 1.5",
        "handwriting | weights int4; methods equalise adaround                         | 1.5"})
    void quantisationCostsFewPoints(String model, String settings, double points) {
        Compilation compilation = compilation(model, settings);
        Path file = MODELS.resolve(model).resolve("test.npz");
        Samples samples = samples(compilation.model().graph(), file);
        AccuracyReport report = new AccuracyEvaluation(compilation).run(samples, Labels.read(file, samples.size()));
        assertThat(report.percent(report.real())).isGreaterThan(97);
        assertThat(report.percent(report.integer())).isGreaterThanOrEqualTo(report.percent(report.real()) - points);
        assertThat(report.percent(report.simulated())).isGreaterThanOrEqualTo(report.percent(report.real()) - points);
        assertThat(report.percent(report.agreement())).isGreaterThanOrEqualTo(100 - points - 1);
    }

    /**
     * Zero points, scales of every kind, rounded weights, few bits and many, on the core that this is all for. Bits
     * that differ from layer to layer are those of MixedPrecisionTest.
     */
    @ParameterizedTest
    @ValueSource(strings = {"scales power_of_two", "scales shift; weights int4; methods equalise adaround",
        "scales dyadic; calibrate synthetic(1, 8)", "weights int2", "activations int16",
        "scales dyadic; weights int4; activations int16", "scales auto(loss = 1)"})
    void firmwareIsBitExact(String settings) {
        Workshop.require("arm-none-eabi-gcc", "qemu-system-arm", "make");
        Compilation compilation = compilation("handwriting", settings);
        Path file = MODELS.resolve("handwriting").resolve("test.npz");
        List<List<IntTensor>> inputs = new ArrayList<>();
        for (List<FloatTensor> sample : samples(compilation.model().graph(), file).first(20).all()) {
            inputs.add(compilation.quantize(sample));
        }
        assertThat(new Verification(Workshop.project(compilation, "cortex-m4"), Duration.ofSeconds(120), "").run(inputs)
                .mismatch()).isEmpty();
    }
}
