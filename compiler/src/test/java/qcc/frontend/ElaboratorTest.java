package qcc.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.model.Methods;
import qcc.model.Model;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.model.SampleSource;
import qcc.numpy.NumpyArray;
import qcc.ops.Layer;
import qcc.ops.LayerOptions;
import qcc.ops.LayerScheme;
import qcc.ops.Rounding;
import qcc.ops.Scales;
import qcc.ops.WeightRange;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;
import qcc.testing.TestModels;

/** What the reference of QDSL (compiler/README.md) promises about the meaning of a model. */
class ElaboratorTest {
    @TempDir
    private Path folder;

    private Graph graph(String shape, String body) {
        return TestModels.graph(folder, shape, body);
    }

    private Model model(String text) {
        return TestModels.compilation(folder, text).model();
    }

    private static List<String> names(Graph graph) {
        return graph.nodes().stream().map(Node::name).toList();
    }

    private static Layer<?> layer(Graph graph, String name) {
        return (Layer<?>) graph.nodes().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow()
                .operation();
    }

    private List<Diagnostic> errors(String text) {
        try {
            model(text);
        } catch (CompilationFailed e) {
            return e.diagnostics();
        }
        throw new AssertionError("no error in " + text);
    }

    @Test
    void theModelOfTheReferenceHasTheNamesOfTheReference() {
        Graph graph = model("""
                model kws(mfcc: [49, 10, 1] in [-247, 27]) -> keyword {
                    block separable(x, filters) =
                        x |> depthwise_conv2d(kernel = 3, padding = same)  |> batch_norm |> relu
                          |> conv2d(filters = filters, kernel = 1)         |> batch_norm |> relu
                    features = mfcc
                        |> conv2d(filters = 64, kernel = [10, 4], stride = 2, padding = same) |> batch_norm |> relu
                        |> separable(filters = 64) * 4
                        |> global_avg_pool
                    keyword = features |> dense(12) |> softmax
                }
                parameters random(1)
                """).graph();
        assertThat(names(graph)).startsWith("conv2d", "batch_norm", "relu", "separable.1.depthwise_conv2d",
                "separable.1.batch_norm", "separable.1.relu", "separable.1.conv2d", "separable.1.batch_norm_2",
                "separable.1.relu_2", "separable.2.depthwise_conv2d");
        assertThat(names(graph)).endsWith("separable.4.relu_2", "global_avg_pool", "dense", "softmax").hasSize(30);
        assertThat(graph.inputs().get(0).range()).contains(new Interval(-247, 27));
        assertThat(graph.outputs().get(0).value().shape()).isEqualTo(Shape.of(12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "y = x |> relu |> relu |> relu                                      ! relu,relu_2,relu_3",
        "y = x |> relu as a |> relu |> relu as b |> relu                    ! a,relu,b,relu_2",
        "y = x |> relu as relu_2 |> relu |> relu                            ! relu_2,relu,relu_3",
        "y = x |> relu * 3                                                  ! relu.1,relu.2,relu.3",
        "y = x |> relu * 2 as act |> relu                                   ! act.1,act.2,relu",
        "y = x |> relu * 2 |> relu * 1                                      ! relu.1,relu.2,relu_2.1",
        "y = x |> relu * 0 |> tanh                                          ! tanh",
        "block b(t) = t |> relu |> tanh  y = x |> b |> b                    ! b.relu,b.tanh,b_2.relu,b_2.tanh",
        "block b(t) = t |> relu  y = x |> b as first |> b * 2               ! first.relu,b.1.relu,b.2.relu",
        "block b(t) = t |> relu  block c(t) = t |> b * 2 |> b  y = x |> c   ! c.b.1.relu,c.b.2.relu,c.b_2.relu",
        "block b(t) { u = t |> relu return u |> relu as last }  y = x |> b  ! b.relu,b.last",
        "y = x + x - x                                                      ! add,sub",
        "y = (x |> relu) * x                                                ! relu,mul"
    })
    void layersAreNamed(String body, String names) {
        assertThat(names(graph("[4, 4, 2]", body))).containsExactly(names.split(","));
    }

    @Test
    void pipesBindTighterThanArithmetic() {
        Graph graph = graph("[4]", "y = x + x |> relu");
        assertThat(names(graph)).containsExactly("relu", "add");
        assertThat(names(graph("[4]", "y = (x + x) |> relu"))).containsExactly("add", "relu");
    }

    @Test
    void sumsAndDifferencesRepeatTheSmallerTensor() {
        Graph graph = model("""
                model m(a: [2, 3], b: [3]) -> s, d {
                    s = a + b
                    d = a - b
                }
                """).graph();
        FloatTensor a = new FloatTensor(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6});
        FloatTensor b = new FloatTensor(Shape.of(3), new float[] {10, 20, 30});
        List<FloatTensor> outputs = FloatInterpreter.run(graph, List.of(a, b)).outputs();
        assertThat(outputs.get(0)).isEqualTo(new FloatTensor(Shape.of(2, 3), new float[] {11, 22, 33, 14, 25, 36}));
        assertThat(outputs.get(1))
                .isEqualTo(new FloatTensor(Shape.of(2, 3), new float[] {-9, -18, -27, -6, -15, -24}));
        assertThat(errors("model m(a: [3], b: [2, 3]) -> y { y = a + b }").get(0).message())
                .contains("shapes [3] and [2, 3] do not fit together");
    }

    @Test
    void numbersAreCalculatedAtCompileTime() {
        Graph graph = graph("[8, 8, 2]", "block wide(t, n, k = n / 2 + 1) = t |> conv2d(n * 2, k)"
                + "  y = x |> wide(n = 2 + 2) |> wide(3 - 1, k = 1)");
        assertThat(graph.nodes()).extracting(node -> node.output().shape())
                .containsExactly(Shape.of(6, 6, 8), Shape.of(6, 6, 4));
    }

    @Test
    void aLayerMayDifferFromTheRest() {
        Graph graph = graph("[4, 4, 2]", "y = x |> conv2d(3, 1, bits = 4, scales = dyadic, rounding = floor) as a"
                + " |> conv2d(3, 1) as b");
        assertThat(layer(graph, "a").options()).isEqualTo(new LayerOptions(Optional.of(4), Optional.of(Scales.DYADIC),
                Optional.of(Rounding.FLOOR), Optional.empty()));
        assertThat(layer(graph, "b").options()).isEqualTo(LayerOptions.NONE);
        assertThat(LayerScheme.DEFAULT.with(layer(graph, "a").options()))
                .isEqualTo(new LayerScheme(Scales.DYADIC, 4, true, Rounding.FLOOR));
    }

    private void writeParameters() {
        TestModels.writeNpz(folder, "one.npz", Map.of(
                "fc.weight", NumpyArray.ofFloats(new int[] {2, 1}, 3, 4),
                "shared", NumpyArray.ofFloats(new int[] {2, 1}, 7, 8)));
        TestModels.writeNpz(folder, "two.npz", Map.of(
                "fc.weight", NumpyArray.ofFloats(new int[] {2, 1}, -1, -1),
                "fc.bias", NumpyArray.ofFloats(new int[] {1}, 5)));
    }

    @Test
    void theFirstFileThatHasAnArrayWins() {
        writeParameters();
        Graph graph = model("model m(x: [2]) -> y { y = x |> dense(1) as fc }\nparameters \"one.npz\", \"two.npz\"\n")
                .graph();
        assertThat(layer(graph, "fc").parameter("weight").get(0)).isEqualTo(3);
        assertThat(layer(graph, "fc").parameter("bias").get(0)).isEqualTo(5);
        Graph reversed = model("model m(x: [2]) -> y { y = x |> dense(1) as fc }\nparameters \"two.npz\"\n"
                + "parameters \"one.npz\"\n").graph();
        assertThat(layer(reversed, "fc").parameter("weight").get(0)).isEqualTo(-1);
    }

    @Test
    void aLayerMayNameItsArrays() {
        writeParameters();
        Graph graph = model("model m(x: [2]) -> y { y = x |> dense(1, weight = \"shared\", bias = \"fc.bias\") as other }"
                + "\nparameters \"one.npz\", \"two.npz\"\n").graph();
        assertThat(layer(graph, "other").parameter("weight").get(1)).isEqualTo(8);
        assertThat(layer(graph, "other").parameter("bias").get(0)).isEqualTo(5);
        assertThat(errors("model m(x: [2]) -> y { y = x |> dense(1, wait = \"shared\") }\nparameters \"one.npz\"\n")
                .get(0).message()).isEqualTo("`dense`: there is no argument `wait`");
    }

    @Test
    void filesFillWhatRandomParametersWouldMakeUp() {
        writeParameters();
        Graph graph = model("model m(x: [2]) -> y { y = x |> dense(1) as fc }\nparameters \"one.npz\", random(3)\n")
                .graph();
        assertThat(layer(graph, "fc").parameter("weight").get(0)).isEqualTo(3);
        assertThat(layer(graph, "fc").parameters()).containsKey("bias");
    }

    @Test
    void randomParametersDependOnSeedAndNameOnly() {
        String tail = " y = add(p, q) }\nparameters random(%d)\n";
        Graph one = model("model m(x: [3]) -> y { p = x |> dense(2) as a  q = x |> dense(2) as b"
                + tail.formatted(4)).graph();
        Graph other = model("model m(x: [3]) -> y { q = x |> dense(2) as b  p = x |> dense(2) as a"
                + tail.formatted(4)).graph();
        Graph reseeded = model("model m(x: [3]) -> y { p = x |> dense(2) as a  q = x |> dense(2) as b"
                + tail.formatted(5)).graph();
        assertThat(layer(one, "a")).isEqualTo(layer(other, "a"));
        assertThat(layer(one, "b")).isEqualTo(layer(other, "b"));
        assertThat(layer(one, "a").parameters()).isNotEqualTo(layer(one, "b").parameters());
        assertThat(layer(one, "a").parameters()).isNotEqualTo(layer(reseeded, "a").parameters());
    }

    @Test
    void theQuantizeSectionIsRead() {
        QuantizeSettings settings = model("""
                model m(x: [3]) -> y { y = x |> relu }
                quantize {
                    scales dyadic
                    weights int4 per tensor
                    activations int8 per tensor symmetric
                    calibrate random(seed = 3, count = 17) using percentile(99.5)
                }
                """).settings();
        assertThat(settings.scheme()).isEqualTo(new LayerScheme(Scales.DYADIC, 4, false, Rounding.HALF_UP));
        assertThat(settings.symmetric()).isTrue();
        assertThat(settings.method()).isEqualTo(new RangeMethod.Percentile(99.5));
        assertThat(settings.calibration()).containsInstanceOf(SampleSource.Random.class);
        assertThat(((SampleSource.Random) settings.calibration().orElseThrow()).count()).isEqualTo(17);
        assertThat(model("model m(x: [3]) -> y { y = x |> relu }").settings()).isEqualTo(QuantizeSettings.DEFAULT);
    }

    @Test
    void methodsAreChosenByName() {
        assertThat(methods("none")).isEqualTo(Methods.NONE);
        assertThat(methods("default")).isEqualTo(Methods.DEFAULT);
        assertThat(methods("equalise correct_bias(analytic)")).isEqualTo(Methods.NONE.withEqualise()
                .with(Methods.BiasCorrection.ANALYTIC));
        assertThat(errors("model m(x: [3]) -> y { y = x |> relu } quantize { methods equalize }").get(0).help())
                .contains("did you mean `equalise`?");
        assertThat(errors("model m(x: [3]) -> y { y = x |> relu } quantize { methods correct_bias(7) }").get(0).code())
                .isEqualTo(Code.E303);
    }

    private Methods methods(String words) {
        return model("model m(x: [3]) -> y { y = x |> relu } quantize { methods " + words + " }").settings().methods();
    }

    @Test
    void weightsHaveARangeOfTheirOwn() {
        LayerScheme scheme = model("model m(x: [3]) -> y { y = x |> relu }"
                + " quantize { weights int4 per tensor restricted using min_max }").settings().scheme();
        assertThat(scheme.weights()).isEqualTo(WeightRange.MIN_MAX);
        assertThat(scheme.lowestWeight()).isEqualTo(-7);
        assertThat(scheme.highestWeight()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"int8, -127", "int8 full, -128", "int8 restricted, -127", "int4, -8", "int4 per tensor full, -8",
        "int4 per channel restricted, -7", "int2, -2"})
    void weightsLeaveTheSmallestIntegerOutWhereItCostsNothing(String weights, int lowest) {
        assertThat(model("model m(x: [3]) -> y { y = x |> relu } quantize { weights " + weights + " }").settings()
                .scheme().lowestWeight()).isEqualTo(lowest);
    }

    @Test
    void expansionEnds() {
        assertThat(errors("model m(x: [3]) -> y { block a(t) = t |> b  block b(t) = t |> a  y = x |> a }").get(0)
                .message()).isEqualTo("block `a` contains itself");
        assertThat(errors("model m(x: [3]) -> y { y = x |> relu * 2000000000 }").get(0).message())
                .startsWith("the model has more than ");
        assertThatThrownBy(() -> model("model m(x: [3]) -> y { block b(t) = t |> relu * 100"
                + "  block c(t) = t |> b * 100  y = x |> c * 100 }")).isInstanceOf(CompilationFailed.class);
    }
}
