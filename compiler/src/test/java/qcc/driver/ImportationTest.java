package qcc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Stage;
import qcc.model.Goal;
import qcc.model.Model;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.model.SampleSource;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.Lookup;
import qcc.ops.Rounding;
import qcc.ops.Scales;
import qcc.writer.Transcript;

/** What {@code qcc import} writes is read back as the network that it was written from. */
class ImportationTest {
    private static final Span NOWHERE = Span.wholeFile("test");
    private static final int NETWORKS = 40;

    @TempDir
    private Path folder;

    @Test
    void textOfRandomNetworksIsReadBackAsTheSameGraph() throws IOException {
        for (long seed = 0; seed < NETWORKS; seed++) {
            Model model = new Model(withFusedActivations(RandomNetwork.of(seed)), QuantizeSettings.DEFAULT, NOWHERE);
            Graph written = Transcript.of(model).model().graph();
            Graph read = new Compilation(write(model, folder.resolve("n" + seed))).model().graph();
            assertThat(lines(read)).as("seed %d", seed).isEqualTo(lines(written));
            assertThat(read.inputs().get(0).range()).isEqualTo(written.inputs().get(0).range());
            assertThat(read.outputs().stream().map(o -> o.name() + o.value()).toList())
                    .isEqualTo(written.outputs().stream().map(o -> o.name() + o.value()).toList());
        }
    }

    @Test
    void textOfQuantisedNetworksIsReadBackAsTheSameGraph() throws IOException {
        for (long seed = 3; seed < 4 * NETWORKS; seed += 4) {
            Model model = new Model(CleanUpTest.integerGraph(seed), QuantizeSettings.DEFAULT, NOWHERE);
            Graph written = Transcript.of(model).model().graph();
            Graph read = new Compilation(write(model, folder.resolve("q" + seed))).model().graph();
            assertThat(read.stage()).isEqualTo(Stage.INTEGER);
            assertThat(integerLines(read)).as("seed %d", seed).isEqualTo(integerLines(written));
        }
    }

    private static List<List<Object>> integerLines(Graph graph) {
        return graph.nodes().stream().map(node -> List.of(node.name(),
                node.operation() instanceof Lookup lookup ? lookup.table() : node.operation(), node.inputs(),
                node.output())).toList();
    }

    /** As importers make them: an activation is part of the layer before. */
    private static Graph withFusedActivations(Graph graph) {
        Map<Integer, Interval> clamps = Map.of(0, new Interval(0, Double.POSITIVE_INFINITY), 1, new Interval(0, 6), 2,
                new Interval(-1, 1));
        List<Node> nodes = graph.nodes().stream().map(node -> {
            Layer<?> layer = (Layer<?>) node.operation();
            Interval clamp = clamps.get(node.output().id() % 5);
            return clamp != null && layer.operator().fusesClamp() ? node.withOperation(layer.withClamp(clamp)) : node;
        }).toList();
        return graph.withNodes(nodes);
    }

    /** Everything that matters of every node. */
    private static List<List<Object>> lines(Graph graph) {
        return graph.nodes().stream()
                .map(node -> List.<Object>of(node.name(), node.operation().mnemonic(), node.operation().describe(),
                        ((Layer<?>) node.operation()).parameters(), node.inputs(), node.output())).toList();
    }

    @Test
    void settingsAndSamplesComeAlong() throws IOException {
        Path samples = Files.write(folder.resolve("my samples.npz"), new byte[] {1, 2, 3});
        QuantizeSettings settings = new QuantizeSettings(new LayerScheme(Scales.DYADIC, 6, false, Rounding.HALF_UP),
                true, new RangeMethod.Percentile(99.5),
                Optional.of(new SampleSource.File(samples, "my samples.npz", NOWHERE)), Goal.SPEED);
        Path text = write(new Model(RandomNetwork.of(1), settings, NOWHERE), folder.resolve("out"));
        QuantizeSettings read = new Compilation(text).model().settings();
        assertThat(read.scheme()).isEqualTo(settings.scheme());
        assertThat(read.symmetric()).isTrue();
        assertThat(read.goal()).isEqualTo(Goal.SPEED);
        assertThat(read.method()).isEqualTo(settings.method());
        SampleSource.File copied = (SampleSource.File) read.calibration().orElseThrow();
        assertThat(copied.path()).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(copied.path().getParent()).isEqualTo(text.toAbsolutePath().getParent());
    }

    @Test
    void repeatedStructureBecomesABlock() throws IOException {
        String separable = " |> depthwise_conv2d(kernel = 3, padding = same) |> relu |> conv2d(filters = 8, kernel = 1)"
                + " |> relu";
        String strided = separable.replace("kernel = 3,", "kernel = 3, stride = 2,").replace("8", "16");
        Path flat = Files.writeString(folder.resolve("flat.qdsl"), """
                model flat(image: [16, 16, 3]) -> y {
                    y = image |> conv2d(filters = 8, kernel = 3) |> relu
                %s
                    |> global_avg_pool |> dense(4) |> softmax
                }
                parameters random(7)
                """.formatted(separable.repeat(3) + strided), StandardCharsets.UTF_8);
        Path text = write(new Compilation(flat).model(), folder.resolve("flat"));
        assertThat(Files.readString(text)).contains("""
                    // used 4 times, from [14, 14, 8] to [7, 7, 16]
                    block separable(x, stride = 1, filters = 8) = x
                        |> depthwise_conv2d(kernel = 3, stride = stride, padding = same)
                        |> relu
                        |> conv2d(filters = filters, kernel = 1)
                        |> relu

                    y = image
                        |> conv2d(filters = 8, kernel = 3)      // [14, 14, 8]
                        |> relu
                        |> separable * 3                        // [14, 14, 8]
                        |> separable(stride = 2, filters = 16)  // [7, 7, 16]
                        |> global_avg_pool                      // [16]
                        |> dense(4)                             // [4]
                        |> softmax
                }
                """);
        assertThat(new Compilation(text).graph(Stage.INTEGER).nodes()).extracting(Node::name)
                .contains("separable.2.depthwise_conv2d", "separable_2.conv2d");
    }

    private static Path write(Model model, Path folder) throws IOException {
        Importation importation = Importation.of(model);
        ProjectWriter.write(importation.files(), folder);
        return folder.resolve(importation.textName());
    }
}
