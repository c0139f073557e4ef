package qcc.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ops.AveragePooling;
import qcc.ops.RequantizedOperation;
import qcc.ops.Requantization;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.testing.TestModels;

/** Layers in integers stay close to the same layers in reals. */
class IntegeriserTest {
    @TempDir
    private Path folder;

    private Compilation compilation(String shape, String body, String settings) {
        return TestModels.compilation(folder, "model test(x: " + shape + " in [-2, 2]) -> y {\n" + body
                + "\n}\nparameters random(5)\nquantize {\n" + settings + "\ncalibrate random(2, 32) using min_max\n}\n");
    }

    /** The largest difference, in steps of the output, over a few samples of the calibration's kind. */
    private static double worst(Compilation compilation) {
        Graph integer = compilation.graph(Stage.INTEGER);
        Quantization q = integer.outputs().get(0).value().quantized();
        double worst = 0;
        for (List<FloatTensor> sample : compilation.samples().first(8).all()) {
            FloatTensor real = FloatInterpreter.run(compilation.graph(Stage.TYPED), sample).outputs().get(0);
            IntTensor integers = IntegerInterpreter.run(integer, Inputs.quantize(integer, sample)).outputs().get(0);
            for (int i = 0; i < real.size(); i++) {
                worst = Math.max(worst, Math.abs(q.dequantize(integers.get(i)) - real.get(i)) / q.scale().toDouble());
            }
        }
        return worst;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "[8, 8, 3] ! y = x |> conv2d(8, 3, padding = same)             ! 3",
        "[8, 8, 4] ! y = x |> conv2d(8, 3, groups = 2, dilation = 2)   ! 3",
        "[8, 8, 5] ! y = x |> depthwise_conv2d(3, stride = 2)          ! 3",
        "[64]      ! y = x |> dense(10)                                ! 3",
        "[8, 8, 3] ! y = x |> avg_pool(2)                              ! 2",
        "[8, 8, 3] ! y = x |> avg_pool(3, stride = 2, padding = same)  ! 2",
        "[8, 8, 3] ! y = x |> global_avg_pool                          ! 5",
        "[8, 8, 3] ! y = x |> max_pool(2)                              ! 1.01",
        "[8, 8, 3] ! y = add(x, x)                                     ! 1.6",
        "[8, 8, 3] ! y = sub(x, x |> relu)                             ! 2.6",
        "[40]      ! y = mul(x, x)                                     ! 2.6",
        "[40]      ! y = x |> sigmoid                                  ! 1.6",
        "[40]      ! y = x |> tanh                                     ! 2.6",
        "[40]      ! y = x |> softmax                                  ! 2.6",
        "[40]      ! y = x |> leaky_relu                               ! 1.6",
        "[8, 8, 3] ! y = concat(x, x |> relu)                          ! 1.6",
        "[8, 8, 3] ! y = x |> pad([1, 2, 0, 1])                        ! 1.01",
        "[4, 4, 3] ! y = x |> upsample(2)                              ! 1.01",
        "[8, 8, 3] ! y = x |> batch_norm                               ! 2"
    })
    void everyOperatorIsCloseToItsRealForm(String shape, String body, double steps) {
        for (String scales : List.of("scales power_of_two", "scales dyadic",
                "scales power_of_two\nactivations int8 per tensor symmetric", "scales dyadic\nweights int8 per tensor")) {
            assertThat(worst(compilation(shape, body, scales))).as(scales).isLessThanOrEqualTo(steps);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"y = x |> conv2d(8, 3)", "y = x |> depthwise_conv2d(3) |> relu", "y = x |> dense(7)",
        "y = mul(x, x)"})
    void powersOfTwoAlwaysShift(String body) {
        Graph graph = compilation("[6, 6, 3]", body, "scales power_of_two").graph(Stage.INTEGER);
        assertThat(graph.nodes()).allSatisfy(node -> assertThat(
                ((RequantizedOperation) node.operation()).requantization().rule())
                .isInstanceOf(Requantization.Shift.class));
        assertThat(graph.values()).allMatch(value -> value.quantized().scale().isPowerOfTwo());
    }

    @Test
    void aLayerMayChooseItsOwnScales() {
        Graph graph = compilation("[6, 6, 3]", "y = x |> conv2d(4, 3, scales = dyadic, bits = 4) |> relu"
                + " |> conv2d(4, 3, rounding = half_up)", "scales power_of_two").graph(Stage.INTEGER);
        assertThat(graph.nodes().get(0).output().quantized().scale().isPowerOfTwo()).isFalse();
        assertThat(graph.nodes().get(1).output().quantized().scale().isPowerOfTwo()).isTrue();
    }

    @Test
    void floorNeedsShifts() {
        assertThatThrownBy(() -> compilation("[9]", "y = x |> dense(4)", "scales dyadic\nrounding floor")
                .graph(Stage.INTEGER)).isInstanceOfSatisfying(CompilationFailed.class, e -> {
                    assertThat(e.diagnostics()).hasSize(1);
                    assertThat(e.diagnostics().get(0).code()).isEqualTo(Code.E502);
                    assertThat(e.diagnostics().get(0).message()).startsWith("layer `dense`: rounding = floor");
                });
        Compilation floored = compilation("[9]", "y = x |> dense(4)", "scales power_of_two\nrounding floor");
        assertThat(worst(floored)).isBetween(0.5, 4.0);
    }

    /** Elements outside the image do not count: each number of elements has its own factor 1 / count. */
    @Test
    void paddedAveragesHaveAFactorForEachCount() {
        Graph graph = compilation("[5, 5, 2]", "y = x |> avg_pool(3, stride = 1, padding = same)", "")
                .graph(Stage.INTEGER);
        AveragePooling.Int8 pool = (AveragePooling.Int8) graph.nodes().get(0).operation();
        Requantization.Multiply rule = (Requantization.Multiply) pool.requantization().rule();
        assertThat(rule.multiplier().size()).isEqualTo(9);
        for (int count = 1; count <= 9; count++) {
            assertThat(rule.multiplier().get(count - 1) * (double) count / rule.multiplier().get(0))
                    .isEqualTo(1, within(1e-6));
        }
    }

    @Test
    void declaredRangesAreBelievedWithMinMax() {
        Graph graph = compilation("[9]", "y = x |> relu", "scales dyadic").graph(Stage.CALIBRATED);
        Quantization declared = graph.inputs().get(0).value().quantized();
        assertThat(declared.dequantize(-128)).isEqualTo(-2, within(0.01));
        assertThat(declared.dequantize(127)).isEqualTo(2, within(0.01));
    }

    @Test
    void anInfiniteResultIsReportedAtItsLayer() {
        assertThatThrownBy(() -> TestModels.compilation(folder, """
                model test(x: [9] in [1e20, 1e25]) -> y {
                    y = mul(x, x) as square
                }
                """).graph(Stage.INTEGER)).isInstanceOfSatisfying(CompilationFailed.class, e -> {
                    assertThat(e.diagnostics().get(0).code()).isEqualTo(Code.E502);
                    assertThat(e.diagnostics().get(0).message()).contains("`square`").contains("float32");
                });
    }
}
