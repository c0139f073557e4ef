package qcc.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.target.Installation;
import qcc.target.Targets;
import qcc.tensor.IntTensor;

/** Whole networks from the file to the firmware. */
class NetworksTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Compilation compilation(OnnxModel model) throws IOException {
        Path file = folder.resolve("net.onnx");
        Files.write(file, model.bytes());
        return new Compilation(file);
    }

    private static VerificationReport verify(Compilation compilation) {
        Installation installation = Installation.find();
        Project project = Project.of(compilation, new Targets(installation).load("cortex-m4"), installation);
        return new Verification(project, LIMIT, "").run(
                Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(), 20, 1));
    }

    @Test
    void aRealValuedNetworkIsQuantisedAndRunsBitExactly() throws IOException {
        Compilation compilation = compilation(Networks.mobile());
        assertThat(compilation.graph(Stage.INTEGER).nodes()).extracting(node -> node.operation().mnemonic())
                .containsExactly("conv2d", "depthwise_conv2d", "conv2d", "add", "max_pool", "dense", "softmax");
        assertThat(verify(compilation).bitExact()).isTrue();
    }

    @Test
    void aQuantisedNetworkKeepsItsBits() throws IOException {
        Compilation compilation = compilation(Networks.residual());
        Graph graph = compilation.graph(Stage.INTEGER);
        assertThat(graph.nodes()).extracting(node -> node.operation().mnemonic())
                .containsExactly("conv2d", "depthwise_conv2d", "add", "max_pool", "dense");
        byte[] model = Networks.residual().bytes();
        Random random = new Random(5);
        for (int run = 0; run < 50; run++) {
            IntTensor input = IntTensor.zeros(graph.inputs().get(0).value().shape());
            List<Double> hwc = new ArrayList<>();
            for (int i = 0; i < input.size(); i++) {
                input.set(i, random.nextInt(256) - 128);
                hwc.add(graph.inputs().get(0).value().quantized().dequantize(input.get(i)));
            }
            List<Double> chw = Imported.permute(hwc, List.of(1, 9, 8, 2), List.of(3, 1, 2));
            List<Double> expected = Oracle.run(model, Map.of("x", new Oracle.Tensor(List.of(1, 2, 9, 8), chw)),
                    Map.of("x", OnnxModel.FLOAT)).get(0).values();
            IntTensor actual = IntegerInterpreter.run(graph, List.of(input)).outputs().get(0);
            for (int i = 0; i < actual.size(); i++) {
                assertThat(actual.get(i) * 0.5).as("run %d, output %d", run, i).isEqualTo(expected.get(i));
            }
        }
        assertThat(verify(compilation).bitExact()).isTrue();
    }
}
