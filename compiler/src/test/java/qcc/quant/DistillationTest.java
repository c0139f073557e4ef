package qcc.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.driver.Compilation;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.passes.FoldBatchNorm;
import qcc.tensor.FloatTensor;
import qcc.testing.TestModels;

/** Samples that are made up: derivatives of layers, and what following them leads to. */
class DistillationTest {
    @TempDir
    private Path folder;

    private Compilation compilation(String inputs, String body) {
        return TestModels.compilation(folder, "model test(" + inputs + ") -> y {\n" + body
                + "\n}\nparameters random(5)\nquantize {\ncalibrate synthetic(3, 8)\n}\n");
    }

    /** A step along one element changes {@code sum gradient * result} by the derivative; elements are drawn. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "x: [6, 5, 4]               ! x |> conv2d(6, 3, stride = 2, padding = same, groups = 2)",
        "x: [6, 5, 4]               ! x |> conv2d(3, [1, 2], dilation = 2)",
        "x: [5, 6, 3]               ! x |> depthwise_conv2d(3, multiplier = 2, padding = [1, 0, 2, 1])",
        "x: [3, 2, 4]               ! x |> dense(5)",
        "x: [6, 6, 3]               ! x |> avg_pool(3, stride = 2, padding = same)",
        "x: [4, 5, 3]               ! x |> global_avg_pool",
        "x: [6, 6, 3]               ! x |> max_pool(2)",
        "x: [3, 4, 2]               ! x |> pad([1, 2, 0, 1])",
        "x: [3, 4, 2]               ! x |> upsample(2)",
        "x: [3, 4, 2]               ! x |> transpose([1, 2, 0])",
        "x: [9]                     ! x |> sigmoid",
        "x: [9]                     ! x |> leaky_relu",
        "'x: [3, 4, 2], z: [2]'     ! mul(x, z)",
        "'x: [3, 4, 2], z: [3, 4, 2]' ! sub(x, z)",
        "'x: [3, 4, 2], z: [3, 4, 5]' ! concat(x, z)"
    })
    void derivativesAreThoseOfSmallSteps(String inputs, String body) {
        Graph graph = compilation(inputs.replace("'", ""), "y = " + body).model().graph();
        Node node = graph.nodes().get(0);
        Layer<?> layer = (Layer<?>) node.operation();
        Random random = new Random(7);
        List<FloatTensor> at = node.inputs().stream().map(input -> gaussian(input, random)).toList();
        FloatTensor weights = gaussian(node.output(), random);
        List<FloatTensor> derivatives = Derivative.of(layer, at, weights);
        assertThat(derivatives).hasSameSizeAs(at);
        for (int input = 0; input < at.size(); input++) {
            for (int draw = 0; draw < 20; draw++) {
                int element = random.nextInt(at.get(input).size());
                double expected = (weighted(layer, moved(at, input, element, 1e-2), weights)
                        - weighted(layer, moved(at, input, element, -1e-2), weights)) / 2e-2;
                assertThat((double) derivatives.get(input).get(element)).isEqualTo(expected, within(0.02));
            }
        }
    }

    private static FloatTensor gaussian(Value value, Random random) {
        FloatTensor tensor = FloatTensor.zeros(value.shape());
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, random.nextGaussian());
        }
        return tensor;
    }

    private static List<FloatTensor> moved(List<FloatTensor> tensors, int input, int element, double step) {
        List<FloatTensor> copies = new ArrayList<>(tensors.stream().map(FloatTensor::copy).toList());
        copies.get(input).set(element, copies.get(input).get(element) + step);
        return copies;
    }

    private static double weighted(Layer<?> layer, List<FloatTensor> inputs, FloatTensor weights) {
        FloatTensor result = layer.evaluate(inputs);
        double sum = 0;
        for (int i = 0; i < result.size(); i++) {
            sum += (double) result.get(i) * weights.get(i);
        }
        return sum;
    }

    /** The squared distance of means and deviations from those of training, in units of these deviations. */
    private static double loss(Graph graph, Samples samples) {
        double loss = 0;
        for (Node node : graph.nodes()) {
            Layer<?> layer = (Layer<?>) node.operation();
            if (layer.statistics().isEmpty()) {
                continue;
            }
            List<FloatTensor> results = samples.all().stream().map(sample -> layer.withClamp(Interval.ALL)
                    .evaluate(List.of(FloatInterpreter.run(graph, sample).of(node.inputs().get(0))))).toList();
            for (int c = 0; c < layer.statistics().get().channels(); c++) {
                double wanted = layer.statistics().get().deviation().get(c);
                double[] moments = moments(results, c, layer.statistics().get().channels());
                loss += Math.pow((moments[0] - layer.statistics().get().mean().get(c)) / wanted, 2)
                        + Math.pow((moments[1] - wanted) / wanted, 2);
            }
        }
        return loss;
    }

    private static double[] moments(List<FloatTensor> results, int channel, int channels) {
        double sum = 0;
        double square = 0;
        int count = 0;
        for (FloatTensor result : results) {
            for (int i = channel; i < result.size(); i += channels) {
                sum += result.get(i);
                square += result.get(i) * result.get(i);
                count++;
            }
        }
        return new double[] {sum / count, Math.sqrt(square / count - sum * sum / count / count)};
    }

    @Test
    void samplesComeNearToTheStatistics() {
        Compilation compilation = compilation("x: [8, 8, 3] in [-2, 2]", """
                a = x |> conv2d(6, 3) |> batch_norm |> relu |> depthwise_conv2d(3) |> batch_norm |> relu
                y = a |> max_pool(2) |> conv2d(4, 1) |> batch_norm""");
        Graph graph = FoldBatchNorm.run(compilation.model().graph());
        Samples distilled = compilation.samples();
        Samples noise = Samples.random(graph, 3, 8, compilation.model().span());
        assertThat(distilled.size()).isEqualTo(8);
        assertThat(loss(graph, distilled)).isLessThan(0.5 * loss(graph, noise));
        assertThat(compilation("x: [8, 8, 3] in [-2, 2]", """
                a = x |> conv2d(6, 3) |> batch_norm |> relu |> depthwise_conv2d(3) |> batch_norm |> relu
                y = a |> max_pool(2) |> conv2d(4, 1) |> batch_norm""").samples()).isEqualTo(distilled);
        distilled.all().forEach(sample -> {
            for (int i = 0; i < sample.get(0).size(); i++) {
                assertThat(sample.get(0).get(i)).isBetween(-2f, 2f);
            }
        });
    }

    /** Nothing to distil from is said, and smoothed noise taken. */
    @Test
    void withoutStatisticsThereIsAWarning() {
        Compilation compilation = compilation("x: [6, 6, 2] in [0, 4]", "y = x |> conv2d(3, 3) |> relu");
        assertThat(compilation.samples().size()).isEqualTo(8);
        assertThat(compilation.warnings()).singleElement().satisfies(warning ->
                assertThat(warning.message()).contains("no batch normalisation"));
    }
}
