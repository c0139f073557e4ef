package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.driver.Compilation;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.interpreter.Evaluation;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Stage;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyFile;
import qcc.target.Installation;
import qcc.target.Targets;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The int8 models of MLPerf Tiny: TFLite's own outputs, layer by layer, in the interpreter and in firmware. */
class Int8ModelsTest {

    private static IntTensor input(Graph graph, String model, String vector) {
        return MlperfTiny.input(model, vector, graph.inputs().get(0).value().shape());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ad01_int8", "kws_ref_model", "pretrainedResnet_quant", "vww_96_int8"})
    void outputsOfTheInterpreterAreThoseOfTflite(String model) {
        Graph graph = new Compilation(MlperfTiny.model(model)).graph(Stage.INTEGER);
        Shape shape = graph.outputs().get(0).value().shape();
        for (String vector : MlperfTiny.vectors(model)) {
            Evaluation<IntTensor> run = IntegerInterpreter.run(graph, List.of(input(graph, model, vector)));
            assertThat(run.outputs()).as(vector).containsExactly(MlperfTiny.output(model, vector, shape));
        }
    }

    @ParameterizedTest
    @CsvSource({"ad01_int8, normal_id_01_w000", "kws_ref_model, ref0", "pretrainedResnet_quant, ref0",
            "vww_96_int8, person_grey2rgb"})
    void everyLayerIsThatOfTflite(String model, String vector) {
        Graph graph = new Compilation(MlperfTiny.model(model)).model().graph();
        NumpyArchive layers = NumpyFile.read(MlperfTiny.vector(model, vector + ".layers.npz"));
        Evaluation<IntTensor> run = IntegerInterpreter.run(graph, List.of(input(graph, model, vector)));
        // As many nodes as operators: node i computes the result of operator i.
        assertThat(graph.nodes()).hasSameSizeAs(layers.names());
        for (String name : layers.names()) {
            Node node = graph.nodes().get(Integer.parseInt(name.split("_")[0], 10));
            IntTensor expected = MlperfTiny.tensor(layers.find(name).orElseThrow(), node.output().shape());
            assertThat(run.of(node.output())).as(name.toLowerCase(Locale.ROOT)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"ad01_int8, host", "kws_ref_model, host", "pretrainedResnet_quant, host", "vww_96_int8, host",
            "ad01_int8, cortex-m4", "kws_ref_model, cortex-m4", "pretrainedResnet_quant, cortex-m4",
            "vww_96_int8, cortex-m4"})
    void firmwareIsBitExactOnEveryVector(String model, String target) {
        Path file = MlperfTiny.model(model);
        Compilation compilation = new Compilation(file);
        Graph graph = compilation.graph(Stage.INTEGER);
        Installation installation = Installation.find();
        Project project = Project.of(compilation, new Targets(installation).load(target), installation);
        List<List<IntTensor>> inputs = MlperfTiny.vectors(model).stream()
                .map(vector -> List.of(input(graph, model, vector))).toList();
        VerificationReport report = new Verification(project, Duration.ofSeconds(120), "").run(inputs);
        assertThat(report.mismatch()).isEmpty();
        assertThat(report.samples()).isEqualTo(inputs.size());
    }
}
