package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.driver.Compilation;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Operation;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ops.AveragePooling;
import qcc.ops.Conv2d;
import qcc.ops.Dense;
import qcc.ops.LayerScheme;
import qcc.ops.Lookup;
import qcc.ops.Pad;
import qcc.ops.Requantization;
import qcc.ops.WeightedAddition;
import qcc.quant.Simulation;
import qcc.tensor.IntTensor;

/** Wrong quantisation rules: mistakes that interpreter and kernels would share, put into an integer graph. */
class LayerCheckTest {
    private static final String MODEL = """
            model mutant(x: [6, 6, 3] in [-1, 3]) -> y {
                a = x |> conv2d(filters = 4, kernel = 3, padding = same) as conv |> relu
                b = add(a, a |> sigmoid as sig) as sum
                y = b |> pad(padding = [1, 0, 1, 0]) as pad |> avg_pool(kernel = 2) as mean |> upsample(factor = 2) as up
                    |> dense(7) as fc
            }

            parameters random(1)

            quantize {
                scales %s
                calibrate random(2, 8) using min_max
            }
            """;

    @TempDir
    private Path folder;
    private Graph simulated;
    private Graph integer;
    private LayerScheme scheme;
    private List<List<IntTensor>> samples;

    @BeforeEach
    void compile() throws IOException {
        compile("power_of_two");
    }

    private void compile(String scales) throws IOException {
        Path file = Files.writeString(folder.resolve("mutant.qdsl"), MODEL.formatted(scales), StandardCharsets.UTF_8);
        Compilation compilation = new Compilation(file);
        integer = compilation.graph(Stage.INTEGER);
        scheme = compilation.model().settings().scheme();
        simulated = new Simulation(compilation.graph(Stage.CALIBRATED), compilation.model().settings()).graph();
        samples = compilation.samples().all().stream().map(compilation::quantize).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"power_of_two", "dyadic"})
    void acceptsWhatTheCompilerMakes(String scales) throws IOException {
        compile(scales);
        assertThat(new LayerCheck(simulated, integer, scheme).run(samples)).isEmpty();
    }

    @Test
    void findsDroppedBias() {
        assertFound("conv", Conv2d.Int8.class, op -> new Conv2d.Int8(op.geometry(), op.weights(),
                IntTensor.zeros(op.bias().shape()), op.requantization()));
    }

    @Test
    void findsForgottenRoundingConstant() {
        assertFound("fc", Dense.Int8.class, op -> {
            IntTensor changed = IntTensor.zeros(op.bias().shape());
            for (int i = 0; i < changed.size(); i++) {
                changed.set(i, op.bias().get(i) - (1 << shiftOf(op.requantization(), i) - 1));
            }
            return new Dense.Int8(op.geometry(), op.weights(), changed, op.requantization());
        });
    }

    private static int shiftOf(Requantization requantization, int channel) {
        IntTensor shifts = ((Requantization.Shift) requantization.rule()).shift();
        return shifts.get(shifts.size() == 1 ? 0 : channel);
    }

    @Test
    void findsPaddingThatReadsZeroInsteadOfTheZeroPoint() {
        assertFound("conv", Conv2d.Int8.class, op -> {
            Conv2d.Geometry g = op.geometry();
            assertThat(g.inZero()).isNotZero();
            return new Conv2d.Int8(new Conv2d.Geometry(g.window(), g.inC(), g.outC(), g.groups(), 0), op.weights(),
                    op.bias(), op.requantization());
        });
    }

    @Test
    void findsBoundsThatAreTooNarrow() {
        assertFound("conv", Conv2d.Int8.class, op -> new Conv2d.Int8(op.geometry(), op.weights(), op.bias(),
                new Requantization(op.requantization().rule(), Quantization.MIN + 20, Quantization.MAX)));
    }

    @Test
    void findsWrongFactorOfAnAddition() {
        assertFound("sum", WeightedAddition.Int8.class, op -> {
            WeightedAddition.Geometry g = op.geometry();
            return new WeightedAddition.Int8(new WeightedAddition.Geometry(g.n(), g.period(), g.m1(), g.m2() * 2,
                    g.bias(), g.shift(), g.lo(), g.hi()));
        });
    }

    @Test
    void findsShiftedTable() {
        assertFound("sig", Lookup.class, op -> {
            IntTensor table = IntTensor.zeros(op.table().shape());
            for (int i = 0; i < table.size(); i++) {
                table.set(i, op.table().get(Math.max(0, i - 8)));
            }
            return new Lookup(op.geometry(), table, op.function());
        });
    }

    @Test
    void findsPaddingWithAWrongValue() {
        assertFound("pad", Pad.Int8.class, op -> {
            Pad.Geometry g = op.geometry();
            return new Pad.Int8(new Pad.Geometry(g.inH(), g.inW(), g.channels(), g.top(), g.bottom(), g.left(),
                    g.right(), g.value() + 2));
        });
    }

    @Test
    void findsWrongZeroPointOfAMean() {
        assertFound("mean", AveragePooling.Int8.class, op -> {
            AveragePooling.Geometry g = op.geometry();
            return new AveragePooling.Int8(new AveragePooling.Geometry(g.window(), g.channels(), g.inZero() + 2),
                    op.shape(), op.requantization());
        });
    }

    private <T extends Operation> void assertFound(String layer, Class<T> type, UnaryOperator<T> mutation) {
        Optional<LayerCheck.Finding> finding = new LayerCheck(simulated, mutated(layer, type, mutation), scheme).run(samples);
        assertThat(finding).map(found -> found.node().name()).contains(layer);
    }

    private <T extends Operation> Graph mutated(String layer, Class<T> type, UnaryOperator<T> mutation) {
        List<Node> nodes = integer.nodes().stream().map(node -> node.name().equals(layer)
                ? node.withOperation(mutation.apply(type.cast(node.operation()))) : node).toList();
        assertThat(nodes).isNotEqualTo(integer.nodes());
        return integer.withNodes(nodes);
    }
}
