package qcc.tests.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.target.Installation;
import qcc.target.KernelRow;
import qcc.target.Target;
import qcc.target.Targets;
import qcc.tests.InstalledTools;
import qcc.tests.benchmark.BenchmarkModel;

/**
 * What the targets' lists of costs say of a layer, against counts: of every layer of real networks, and of made-up ones
 * that no price was fitted to.
 */
class EstimateTest {
    private static final String LEVEL = "-O2";
    private static final List<String> CORES = List.of("cortex-m0", "cortex-m23", "cortex-m3", "cortex-m4",
            "cortex-m7", "cortex-m33", "cortex-m55");
    /**
     * What depends on how the C compiler multiplies by the two factors: on cores without long products it makes sums of
     * shifts of them, any number of them, and for the M7 it takes an instruction more for one of three additions.
     */
    private static final Set<String> UNKNOWABLE = Set.of("cortex-m0 add", "cortex-m23 add", "cortex-m7 add");
    private static final long SEED = 3;
    private static final int LAYERS = 12;
    /** Of made-up layers so many may err by more than the bound, and none by more than this. */
    private static final double OUTSIDE = 0.15;
    private static final double FARTHEST = 0.4;

    static Stream<Arguments> models() {
        return CORES.stream().flatMap(core -> BenchmarkModel.all().stream().map(model -> Arguments.of(core, model)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyLayerOfRealNetworksIsWithinTenPerCent(String core, BenchmarkModel model) {
        InstalledTools.requireArm();
        assumeTrue(model.present(), () -> "the model is absent: " + model.file());
        Target target = new Targets(Installation.find()).load(core);
        List<String> outside = new ArrayList<>();
        for (Counted layer : new Measurement(target, LEVEL).count(model)) {
            if (!UNKNOWABLE.contains(core + " " + layer.kernel()) && Math.abs(error(target, layer)) > Calibration.BOUND) {
                outside.add(String.format(Locale.ROOT, "%+.1f %% %s", 100 * error(target, layer), layer));
            }
        }
        assertThat(outside).as("if kernels changed: tests/calibrate --target %s --write", core).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cortex-m0", "cortex-m3", "cortex-m4", "cortex-m55"})
    void layersThatNoPriceWasFittedToAreMostlyWithinTenPerCent(String core) {
        InstalledTools.requireArm();
        Target target = new Targets(Installation.find()).load(core);
        List<Counted> layers = new ArrayList<>();
        for (String operation : List.of("conv2d", "depthwise_conv2d", "dense")) {
            KernelRow row = target.kernels().stream().filter(kernel -> kernel.operation().equals(operation)).findFirst()
                    .orElseThrow();
            layers.addAll(new Measurement(target, LEVEL).count(row, new LayerSamples(SEED).forKernel(row, LAYERS),
                    Counted.Role.HELD));
        }
        assertThat(layers).hasSize(3 * LAYERS);
        assertThat(layers).allSatisfy(layer -> assertThat(error(target, layer)).isBetween(-FARTHEST, FARTHEST));
        assertThat(layers).filteredOn(layer -> Math.abs(error(target, layer)) > Calibration.BOUND)
                .hasSizeLessThanOrEqualTo((int) (OUTSIDE * layers.size()));
    }

    private static double error(Target target, Counted layer) {
        OptionalLong estimate = target.kernels().stream().filter(row -> row.name().equals(layer.kernel())).findFirst()
                .map(row -> target.costs().of(row, layer.facts())).orElseThrow();
        assertThat(estimate).as("an estimate of %s", layer.kernel()).isPresent();
        return Calibration.error(estimate.getAsLong(), layer);
    }
}
