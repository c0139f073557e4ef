package qcc.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.tensor.FloatTensor;
import qcc.testing.TestModels;

/** Passes on real-valued graphs leave what the graph computes unchanged, and do what they are there for. */
class MeaningTest {
    private static final int SAMPLES = 5;

    @TempDir
    private Path folder;

    private List<String> mnemonics(Graph graph) {
        return graph.nodes().stream().map(node -> node.operation().mnemonic()).toList();
    }

    /** Runs a pass, compares the outputs within a relative error, and gives the changed graph. */
    private static Graph checked(Graph graph, UnaryOperator<Graph> pass, double error) {
        Graph changed = pass.apply(graph);
        Verifier.check(changed);
        for (int seed = 0; seed < SAMPLES; seed++) {
            List<FloatTensor> inputs = TestModels.inputs(graph, seed);
            List<FloatTensor> before = FloatInterpreter.run(graph, inputs).outputs();
            List<FloatTensor> after = FloatInterpreter.run(changed, inputs).outputs();
            assertThat(after).hasSameSizeAs(before);
            for (int o = 0; o < before.size(); o++) {
                assertThat(after.get(o).shape()).isEqualTo(before.get(o).shape());
                for (int i = 0; i < before.get(o).size(); i++) {
                    double wanted = before.get(o).get(i);
                    assertThat((double) after.get(o).get(i)).isEqualTo(wanted,
                            within(error * (1 + Math.abs(wanted))));
                }
            }
        }
        return changed;
    }

    /** Everything that is folded away is gone; what remains is listed. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "[6, 5, 3] ! y = x |> conv2d(4, 3) |> batch_norm                         ! conv2d",
        "[6, 5, 3] ! y = x |> conv2d(4, 3, bias = false) |> batch_norm           ! conv2d",
        "[6, 5, 4] ! y = x |> conv2d(6, 3, groups = 2) |> batch_norm             ! conv2d",
        "[6, 5, 3] ! y = x |> depthwise_conv2d(3, multiplier = 2) |> batch_norm  ! depthwise_conv2d",
        "[7]       ! y = x |> dense(5) |> batch_norm                             ! dense",
        "[6, 5, 3] ! y = x |> conv2d(4, 1) |> batch_norm |> batch_norm           ! conv2d",
        "[6, 5, 3] ! y = x |> batch_norm                                         ! depthwise_conv2d",
        "[6, 5, 3] ! y = x |> batch_norm |> batch_norm                           ! depthwise_conv2d",
        "[9]       ! y = x |> batch_norm                                         ! reshape,depthwise_conv2d,reshape",
        "[4, 6]    ! y = x |> batch_norm                                         ! reshape,depthwise_conv2d,reshape",
        "[6, 5, 3] ! y = add(x, x) |> batch_norm                                 ! add,depthwise_conv2d",
        "[6, 6, 3] ! y = x |> max_pool(2) |> batch_norm |> relu                  ! max_pool,depthwise_conv2d,relu",
        "[6, 6, 3] ! y = x |> global_avg_pool |> batch_norm                      ! "
                + "global_avg_pool,reshape,depthwise_conv2d,reshape",
        "[6, 6, 3] ! y = x |> conv2d(4, 3) |> relu |> batch_norm                 ! conv2d,relu,depthwise_conv2d",
        "[6, 6, 3] ! y = x |> conv2d(4, 3) |> flatten |> batch_norm              ! "
                + "conv2d,flatten,reshape,depthwise_conv2d,reshape"
    })
    void batchNormIsFolded(String shape, String body, String left) {
        Graph graph = TestModels.graph(folder, shape, body);
        assertThat(mnemonics(graph)).contains("batch_norm");
        Graph folded = checked(graph, FoldBatchNorm::run, 1e-5);
        assertThat(mnemonics(folded)).containsExactly(left.split(","));
    }

    @Test
    void aLayerWithTwoReadersKeepsItsWeights() {
        Graph graph = TestModels.graph(folder, "[5, 5, 3]", "c = x |> conv2d(3, 3) y = add(c |> batch_norm, c)");
        assertThat(mnemonics(checked(graph, FoldBatchNorm::run, 1e-5)))
                .containsExactlyInAnyOrder("conv2d", "depthwise_conv2d", "add");
        Graph twoNorms = TestModels.graph(folder, "[5, 5, 3]",
                "c = x |> conv2d(3, 3) y = add(c |> batch_norm, c |> batch_norm)");
        assertThat(mnemonics(checked(twoNorms, FoldBatchNorm::run, 1e-5)))
                .containsExactlyInAnyOrder("conv2d", "depthwise_conv2d", "depthwise_conv2d", "add");
    }

    @Test
    void anOutputInTheMiddleKeepsItsValues() {
        Graph graph = TestModels.compilation(folder, """
                model test(x: [5, 5, 3] in [-2, 2]) -> c, b, y {
                    c = x |> conv2d(4, 3)
                    b = c |> batch_norm
                    y = b |> relu |> dense(3) |> batch_norm |> clip(min = -0.25, max = 0.5)
                }
                parameters random(3)
                """).model().graph();
        Graph folded = checked(graph, FoldBatchNorm::run, 1e-5);
        assertThat(mnemonics(folded)).containsExactly("conv2d", "depthwise_conv2d", "relu", "dense", "clip");
        Graph fused = checked(folded, FuseClamps::run, 0);
        assertThat(mnemonics(fused)).containsExactly("conv2d", "depthwise_conv2d", "relu", "dense");
        assertThat(fused.outputs()).extracting(output -> output.name()).containsExactly("c", "b", "y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "y = x |> conv2d(4, 3) |> relu                                  ! conv2d",
        "y = x |> conv2d(4, 3) |> relu |> relu6                         ! conv2d",
        "y = x |> conv2d(4, 3) |> clip(min = -0.5, max = 0.5) |> relu   ! conv2d",
        "y = x |> max_pool(2) |> relu                                   ! max_pool",
        "y = x |> avg_pool(2) |> relu6                                  ! avg_pool",
        "y = add(x, x) |> relu                                          ! add",
        "y = x |> relu |> clip(min = 0.1, max = 0.2)                    ! relu",
        "y = x |> softmax |> relu                                       ! softmax,relu",
        "y = concat(x, x) |> relu                                       ! concat,relu",
        "c = x |> conv2d(3, 1) y = add(c |> relu, c)                    ! conv2d,relu,add",
        "c = x |> conv2d(3, 1) |> relu y = add(c, c)                    ! conv2d,add"
    })
    void clampsAreFused(String body, String left) {
        Graph graph = TestModels.graph(folder, "[6, 6, 3]", body);
        Graph fused = checked(graph, FuseClamps::run, 0);
        assertThat(mnemonics(fused)).containsExactly(left.split(","));
    }

    @Test
    void theOrderOfFusedClampsMatters() {
        for (String order : List.of("clip(min = 2, max = 3) |> clip(min = -1, max = 1)",
                "clip(min = -1, max = 1) |> clip(min = 2, max = 3)")) {
            Graph graph = TestModels.graph(folder, "[6]", "y = x |> dense(8) |> " + order);
            assertThat(mnemonics(checked(graph, FuseClamps::run, 0))).containsExactly("dense");
        }
    }

    @Test
    void deadCodeIsRemoved() {
        Graph graph = TestModels.graph(folder, "[6]", "a = x |> dense(4) b = a |> relu c = b |> dense(3)"
                + " y = a |> dense(2) d = y |> sigmoid");
        Graph live = checked(graph, RemoveDeadCode::run, 0);
        assertThat(live.nodes()).extracting(Node::name).containsExactly("dense", "dense_3");
        assertThat(RemoveDeadCode.run(live)).isEqualTo(live);
    }

    @Test
    void aDeadReaderDoesNotStopFolding() {
        Graph graph = TestModels.graph(folder, "[6]", "a = x |> dense(4) dead = a |> sigmoid y = a |> batch_norm");
        assertThat(mnemonics(FoldBatchNorm.run(graph))).contains("depthwise_conv2d");
        assertThat(mnemonics(FoldBatchNorm.run(RemoveDeadCode.run(graph)))).containsExactly("dense");
    }
}
