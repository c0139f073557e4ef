package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.cli.Qcc;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyFile;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.target.Installation;
import qcc.target.Targets;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/** The float models of MLPerf Tiny: calibrated on the vectors of their int8 twins, and verified in firmware. */
class FloatModelsTest {
    @TempDir
    private Path folder;

    private static FloatTensor real(IntTensor integers, Quantization quantization) {
        FloatTensor real = FloatTensor.zeros(integers.shape());
        for (int i = 0; i < real.size(); i++) {
            real.set(i, quantization.dequantize(integers.get(i)));
        }
        return real;
    }

    private static double cosine(FloatTensor a, FloatTensor b) {
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.size(); i++) {
            product += (double) a.get(i) * b.get(i);
            squareA += (double) a.get(i) * a.get(i);
            squareB += (double) b.get(i) * b.get(i);
        }
        return product / Math.sqrt(squareA * squareB);
    }

    private Path calibrationFile(Graph graph, List<FloatTensor> samples) throws IOException {
        int size = samples.get(0).size();
        float[] values = new float[samples.size() * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples.get(i / size).get(i % size);
        }
        List<Integer> dims = new ArrayList<>(List.of(samples.size(), 1));
        dims.addAll(samples.get(0).shape().dims());
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put(graph.inputs().get(0).value().name(),
                NumpyArray.ofFloats(dims.stream().mapToInt(d -> d).toArray(), values));
        return Files.write(folder.resolve("samples.npz"), NumpyFile.toNpz(arrays));
    }

    @ParameterizedTest
    @CsvSource({"ad01_fp32, ad01_int8, 0.97", "kws_ref_model_float32, kws_ref_model, 0.97",
            "pretrainedResnet, pretrainedResnet_quant, 0.85", "vww_96_float, vww_96_int8, 0.97"})
    void firmwareOfAFloatModelIsBitExactAndClose(String model, String twin, double least) throws IOException {
        Graph int8 = new Compilation(MlperfTiny.model(twin)).graph(Stage.INTEGER);
        Quantization input = int8.inputs().get(0).value().quantized();
        Quantization output = int8.outputs().get(0).value().quantized();
        List<FloatTensor> samples = new ArrayList<>();
        List<FloatTensor> expected = new ArrayList<>();
        for (String vector : MlperfTiny.vectors(twin)) {
            samples.add(real(MlperfTiny.input(twin, vector, int8.inputs().get(0).value().shape()), input));
            expected.add(real(MlperfTiny.output(twin, vector, int8.outputs().get(0).value().shape()), output));
        }
        Compilation compilation = new Compilation(MlperfTiny.model(model));
        Path calibration = calibrationFile(int8.withNodes(List.of()), samples);
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.of(calibration), Optional.empty()));
        Graph typed = compilation.graph(Stage.TYPED);
        Graph integer = compilation.graph(Stage.INTEGER);
        List<List<IntTensor>> inputs = new ArrayList<>();
        double mean = 0;
        for (int i = 0; i < samples.size(); i++) {
            FloatTensor reals = FloatInterpreter.run(typed, List.of(samples.get(i))).outputs().get(0);
            inputs.add(compilation.quantize(List.of(samples.get(i))));
            IntTensor integers = IntegerInterpreter.run(integer, inputs.get(i)).outputs().get(0);
            mean += cosine(reals, real(integers, integer.outputs().get(0).value().quantized())) / samples.size();
            // The float model is the int8 model before TFLite quantised it; artificial inputs are beyond its ranges.
            if (!MlperfTiny.vectors(twin).get(i).matches("all_.*|checker|rand.*")) {
                assertThat(cosine(reals, expected.get(i))).as(MlperfTiny.vectors(twin).get(i)).isGreaterThan(0.97);
            }
        }
        assertThat(mean).as("mean cosine of the integer and the float model's outputs").isGreaterThan(least);
        assertEvaluated(MlperfTiny.model(model), calibration, samples.size());
        Installation installation = Installation.find();
        Project project = Project.of(compilation, new Targets(installation).load("cortex-m4"), installation);
        assertThat(new Verification(project, Duration.ofSeconds(120), "").run(inputs).mismatch()).isEmpty();
    }

    /** The command reports how the integer network agrees with the real one, in all and layer by layer. */
    private static void assertEvaluated(Path model, Path data, int samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Qcc.execute(stream, stream, "eval", model.toString(), "--calibrate", data.toString(), "--data",
                data.toString(), "--json");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"samples\" : " + samples + ",")
                .containsPattern("\"integer_agrees_with_float\" : \\d+").contains("\"sqnr_db\"", "\"cosine\"");
    }
}
