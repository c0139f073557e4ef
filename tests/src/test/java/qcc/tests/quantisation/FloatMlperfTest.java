package qcc.tests.quantisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.driver.AccuracyEvaluation;
import qcc.driver.AccuracyReport;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.driver.ModelSettings;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.quant.Samples;
import qcc.target.Installation;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/**
 * The float models of MLPerf Tiny with power-of-two scales, on inputs like those that came with them: they answer as in
 * floating point.
 */
class FloatMlperfTest {
    private static final int CALIBRATION = 32;
    private static final int TEST = 40;

    @TempDir
    private Path folder;

    private static Path mlperf() {
        Path mlperf = Installation.find().home().resolveSibling("shared").resolve("mlperf-tiny");
        assumeTrue(Files.exists(mlperf), () -> "the MLPerf Tiny models are not in " + mlperf);
        return mlperf;
    }

    private Compilation compilation(String model, String twin, int count, String methods) throws IOException {
        Path samples = MlperfSamples.write(folder.resolve("samples.npz"),
                MlperfSamples.of(mlperf(), twin, count, 1));
        Compilation compilation = new Compilation(mlperf().resolve("models").resolve(model + ".tflite"),
                (pass, graph) -> { }, false);
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.of(samples),
                Optional.of("scales power_of_two; methods " + methods), Optional.empty(),
                ModelSettings.DEFAULT.memory()));
        return compilation;
    }

    /** Keyword spotting is best without equalisation, with which some 96.5 % of its answers are the same. */
    @ParameterizedTest
    @CsvSource({"kws_ref_model_float32, kws_ref_model, 100, 100, correct_bias",
        "pretrainedResnet, pretrainedResnet_quant, 32, 40, default", "vww_96_float, vww_96_int8, 32, 40, default"})
    void classifiersAnswerAsInFloatingPoint(String model, String twin, int calibration, int count, String methods)
            throws IOException {
        Compilation compilation = compilation(model, twin, calibration, methods);
        List<FloatTensor> inputs = MlperfSamples.decided(compilation.model().graph(),
                MlperfSamples.of(mlperf(), twin, count, 2));
        assertThat(inputs).hasSizeGreaterThan(count * 3 / 4);
        AccuracyReport report = new AccuracyEvaluation(compilation)
                .run(new Samples(inputs.stream().map(List::of).toList()), List.of());
        assertThat(report.percent(report.agreement())).isGreaterThanOrEqualTo(97);
    }

    /** The official int8 model reconstructs with dyadic scales; powers of two must not be more than 1 dB behind. */
    @Test
    void theAutoencoderReconstructsAsWellAsTheOfficialModel() throws IOException {
        Compilation compilation = compilation("ad01_fp32", "ad01_int8", CALIBRATION, "default");
        Graph real = compilation.model().graph();
        Graph official = new Compilation(mlperf().resolve("models").resolve("ad01_int8.tflite")).graph(Stage.INTEGER);
        List<FloatTensor> inputs = MlperfSamples.of(mlperf(), "ad01_int8", TEST, 2);
        assertThat(sqnr(real, compilation.graph(Stage.INTEGER), inputs))
                .isGreaterThan(sqnr(real, official, inputs) - 1);
    }

    private static double sqnr(Graph real, Graph integer, List<FloatTensor> inputs) {
        Quantization quantization = integer.outputs().get(0).value().quantized();
        double signal = 0;
        double noise = 0;
        for (FloatTensor input : inputs) {
            FloatTensor truth = FloatInterpreter.run(real, List.of(input)).outputs().get(0);
            IntTensor answer = IntegerInterpreter.run(integer, Inputs.quantize(integer, List.of(input))).outputs()
                    .get(0);
            for (int i = 0; i < truth.size(); i++) {
                signal += truth.get(i) * truth.get(i);
                noise += Math.pow(truth.get(i) - quantization.dequantize(answer.get(i)), 2);
            }
        }
        return 10 * Math.log10(signal / noise);
    }
}
