package qcc.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.model.Methods;
import qcc.model.QuantizeSettings;
import qcc.ops.Layer;
import qcc.ops.Lookup;
import qcc.ops.Scales;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.testing.TestModels;

/** What the methods of quantisation do for networks that need them. */
class MethodsTest {
    private static final String CHAIN = """
            y = x |> conv2d(8, 3, padding = same) as a |> relu |> max_pool(2) |> depthwise_conv2d(3, padding = same) as d
                  |> relu |> conv2d(6, 1) as b |> relu |> flatten |> dense(5) as c""";

    @TempDir
    private Path folder;

    private Compilation compilation(String body, String settings) {
        return TestModels.compilation(folder, "model test(x: [8, 8, 3] in [-1, 2]) -> y {\n" + body
                + "\n}\nparameters random(5)\nquantize {\n" + settings + "\ncalibrate random(2, 24)\n}\n");
    }

    private static Layer<?> layer(Graph graph, String name) {
        return (Layer<?>) graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow()
                .operation();
    }

    private static FloatTensor real(Graph graph, List<FloatTensor> sample) {
        return FloatInterpreter.run(graph, sample).outputs().get(0);
    }

    /** Signal to noise of the integer network against {@code truth}, in decibels. */
    private static double sqnr(Graph truth, Graph integer, Samples samples) {
        Quantization q = integer.outputs().get(0).value().quantized();
        double signal = 0;
        double noise = 0;
        for (List<FloatTensor> sample : samples.all()) {
            FloatTensor real = real(truth, sample);
            IntTensor integers = IntegerInterpreter.run(integer, Inputs.quantize(integer, sample)).outputs().get(0);
            for (int i = 0; i < real.size(); i++) {
                signal += real.get(i) * real.get(i);
                noise += Math.pow(real.get(i) - q.dequantize(integers.get(i)), 2);
            }
        }
        return 10 * Math.log10(signal / noise);
    }

    /** Multiplies the outputs of a layer by factors from 1 to {@code spread}, and divides the next one's inputs. */
    private static Graph spread(Graph graph, String first, String second, double spread) {
        Map<String, Layer<?>> layers = new HashMap<>();
        int channels = layer(graph, first).parameter(WeightedOperator.WEIGHT).shape().last();
        double[] factor = new double[channels];
        Arrays.setAll(factor, c -> Math.pow(spread, (c * 5 % channels) / (channels - 1.0)));
        layers.put(first, outputsTimes(layer(graph, first), factor));
        layers.put(second, inputsOver(layer(graph, second), factor));
        return graph.withNodes(graph.nodes().stream().map(n -> n.withOperation(
                layers.getOrDefault(n.name(), (Layer<?>) n.operation()))).toList());
    }

    private static <A extends Record> Layer<A> outputsTimes(Layer<A> layer, double[] factor) {
        return ((WeightedOperator<A>) layer.operator()).scaleOutputs(layer, factor, new double[factor.length]);
    }

    private static <A extends Record> Layer<A> inputsOver(Layer<A> layer, double[] factor) {
        return ((WeightedOperator<A>) layer.operator()).scaleInputs(layer,
                Arrays.stream(factor).map(f -> 1 / f).toArray());
    }

    private static Graph integer(Graph typed, Compilation compilation) {
        Graph calibrated = Calibrator.run(typed, compilation.model().settings(), compilation.samples());
        return Integeriser.run(calibrated, compilation.model().settings());
    }

    /** With weights that powers of two clip or waste a bit of. */
    @Test
    void scalesArePowersOfTwoWhereTheLossAllowsIt() {
        Graph generous = compilation(CHAIN, rough("auto(loss = 60)")).graph(Stage.CALIBRATED);
        assertThat(generous.nodes()).noneMatch(MethodsTest::isDyadic);
        Compilation strict = compilation(CHAIN, rough("auto(loss = 0)"));
        Graph chosen = strict.graph(Stage.CALIBRATED);
        assertThat(chosen.nodes()).anyMatch(MethodsTest::isDyadic);
        Compilation best = compilation(CHAIN, rough("dyadic"));
        Compilation some = compilation(CHAIN, rough("auto(loss = 1)"));
        Graph truth = best.graph(Stage.TYPED);
        assertThat(sqnr(truth, some.graph(Stage.INTEGER), some.samples())).isGreaterThan(
                sqnr(truth, best.graph(Stage.INTEGER), best.samples()) - 1.2);
        assertThat(some.graph(Stage.CALIBRATED).nodes().stream().filter(MethodsTest::isDyadic).count())
                .isBetween(1L, chosen.nodes().stream().filter(MethodsTest::isDyadic).count());
    }

    private static String rough(String scales) {
        return "scales " + scales + "\nweights int4 per tensor using min_max\nmethods none";
    }

    /** What a layer says itself is left alone, and rounding down needs a shift. */
    @Test
    void scalesOfALayerAreItsOwn() {
        Graph graph = compilation(CHAIN.replace("dense(5)", "dense(5, scales = dyadic)"),
                "scales auto(loss = 60)").graph(Stage.CALIBRATED);
        assertThat(graph.nodes().stream().filter(MethodsTest::isDyadic).map(Node::name)).containsExactly("c");
        assertThat(compilation(CHAIN, "scales auto(loss = 0)\nrounding floor").graph(Stage.CALIBRATED).nodes())
                .noneMatch(MethodsTest::isDyadic);
    }

    private static boolean isDyadic(Node node) {
        return ((Layer<?>) node.operation()).options().scales().equals(Optional.of(Scales.DYADIC));
    }

    /** Channels whose ranges differ by 2^6 leave the small ones two bits; equalisation gives back what that cost. */
    @ParameterizedTest
    @ValueSource(strings = {"scales power_of_two", "scales shift", "scales dyadic",
        "scales dyadic; weights int8 per tensor"})
    void equalisationRecoversWhatUnequalChannelsLose(String scales) {
        Compilation plain = compilation(CHAIN, scales + "\nmethods none");
        Graph easy = plain.graph(Stage.TYPED);
        Graph hard = spread(spread(easy, "a", "d", 64), "b", "c", 64);
        Samples samples = plain.samples();
        assertThat(real(hard, samples.all().get(0)).get(2)).isEqualTo(real(easy, samples.all().get(0)).get(2),
                within(1e-4f));
        double good = sqnr(easy, integer(easy, plain), samples);
        double bad = sqnr(easy, integer(hard, plain), samples);
        Graph equalised = Equalisation.run(hard, compilation(CHAIN, scales + "\nmethods equalise").model().settings(),
                samples);
        double mended = sqnr(easy, integer(equalised, plain), samples);
        assertThat(bad).isLessThan(good - 6);
        assertThat(mended).isGreaterThan(good - 2);
    }

    /** Equalisation and absorbed biases change no real result. */
    @Test
    void equalisationKeepsTheFunction() {
        Graph plain = compilation(CHAIN, "methods none").graph(Stage.TYPED);
        Compilation compilation = compilation(CHAIN, "methods equalise");
        Graph equalised = compilation.graph(Stage.TYPED);
        assertThat(layer(equalised, "b")).isNotEqualTo(layer(plain, "b"));
        for (List<FloatTensor> sample : compilation.samples().all()) {
            FloatTensor expected = real(plain, sample);
            FloatTensor actual = real(equalised, sample);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).isEqualTo(expected.get(i), within(1e-4f));
            }
        }
    }

    /** Without errors in the mean, what is left is the rounding of single values. */
    @ParameterizedTest
    @ValueSource(strings = {"weights int4", "weights int3 per tensor; scales dyadic"})
    void correctedBiasesLeaveNoMeanError(String settings) {
        String body = "y = x |> conv2d(8, 3) as a |> relu |> conv2d(8, 3) as b";
        assertThat(meanError(compilation(body, settings + "\nmethods none")))
                .isGreaterThan(10 * meanError(compilation(body, settings + "\nmethods correct_bias")));
    }

    private static double meanError(Compilation compilation) {
        Graph typed = compilation.graph(Stage.TYPED);
        Simulation simulation = new Simulation(compilation.graph(Stage.CALIBRATED), compilation.model().settings());
        Node last = typed.nodes().get(typed.nodes().size() - 1);
        Node simulated = simulation.graph().nodes().get(typed.nodes().size() - 1);
        double[] mean = new double[8];
        for (List<FloatTensor> sample : compilation.samples().all()) {
            FloatTensor expected = FloatInterpreter.run(typed, sample).of(last.output());
            FloatTensor input = simulation.run(sample).of(simulated.inputs().get(0));
            FloatTensor actual = ((Layer<?>) simulated.operation()).evaluate(List.of(input));
            for (int i = 0; i < expected.size(); i++) {
                mean[i % 8] += actual.get(i) - expected.get(i);
            }
        }
        return Arrays.stream(mean).map(Math::abs).sum();
    }

    /** Where batch normalisation tells how inputs are distributed, no sample is needed to correct the next layer. */
    @Test
    void statisticsTellTheMeanError() {
        String body = "y = x |> conv2d(8, 3) as a |> batch_norm |> relu |> conv2d(8, 3) as b |> relu |> conv2d(4, 1) as c";
        Graph none = compilation(body, "weights int3\nmethods none").graph(Stage.CALIBRATED);
        Graph analytic = compilation(body, "weights int3\nmethods correct_bias(analytic)").graph(Stage.CALIBRATED);
        Graph empirical = compilation(body, "weights int3\nmethods correct_bias").graph(Stage.CALIBRATED);
        assertThat(bias(analytic, "a")).isEqualTo(bias(empirical, "a")).isNotEqualTo(bias(none, "a"));
        assertThat(bias(analytic, "b")).isNotEqualTo(bias(empirical, "b")).isNotEqualTo(bias(none, "b"));
    }

    private static List<Long> bias(Graph graph, String layer) {
        return layer(graph, layer).quantized().orElseThrow().bias();
    }

    /** Rounding for the results leaves less error than rounding every weight to the nearest; two runs are the same. */
    @ParameterizedTest
    @ValueSource(strings = {"weights int4", "weights int3 per tensor; scales dyadic", "scales shift; weights int2"})
    void adaroundKeepsResultsNear(String settings) {
        Compilation nearest = compilation(CHAIN, settings + "\nmethods none");
        Compilation rounded = compilation(CHAIN, settings + "\nmethods adaround");
        Graph typed = nearest.graph(Stage.TYPED);
        assertThat(sqnr(typed, rounded.graph(Stage.INTEGER), nearest.samples()))
                .isGreaterThan(sqnr(typed, nearest.graph(Stage.INTEGER), nearest.samples()) + 2);
        assertThat(layer(compilation(CHAIN, settings + "\nmethods adaround").graph(Stage.CALIBRATED), "d").quantized())
                .isEqualTo(layer(rounded.graph(Stage.CALIBRATED), "d").quantized());
    }

    @Test
    void adaroundStopsWhenItsTimeIsOver() {
        Compilation compilation = compilation(CHAIN, "weights int4\nmethods none");
        QuantizeSettings settings = compilation.model().settings().with(Methods.NONE.with(new Methods.AdaRound(9, 0)));
        List<Diagnostic> warnings = new ArrayList<>();
        Graph calibrated = compilation.graph(Stage.CALIBRATED);
        Graph same = AdaptiveRounding.run(calibrated, settings, compilation.samples(), new Work() {
            @Override
            public void step(String activity) {
                throw new AssertionError("no time for " + activity);
            }

            @Override
            public void warn(Diagnostic warning) {
                warnings.add(warning);
            }
        });
        assertThat(same).isEqualTo(calibrated);
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(Code.W505);
            assertThat(warning.message()).startsWith("4 layers keep the nearest weights");
        });
    }

    /** What only a concat reads has its scale; what others read, too, keeps its own if it would lose by it. */
    @Test
    void concatTiesScales() {
        Graph tied = compilation("""
                a = x |> conv2d(4, 3) as a |> relu
                b = x |> conv2d(4, 3) as b |> max_pool(1) as pool
                y = concat(a, b)""", "").graph(Stage.INTEGER);
        assertThat(tied.nodes()).noneMatch(node -> node.operation() instanceof Lookup);
        Graph free = compilation("""
                a = mul(x, x) as small
                b = mul(mul(a, a), mul(a, a)) as large
                y = concat(a, b)
                z = a |> conv2d(2, 3)""".replace("z =", "w ="), "").graph(Stage.INTEGER);
        assertThat(free.nodes()).filteredOn(node -> node.operation() instanceof Lookup).hasSizeLessThanOrEqualTo(1);
    }
}
