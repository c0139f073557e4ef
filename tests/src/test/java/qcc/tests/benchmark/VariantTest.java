package qcc.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.driver.WholeRun;
import qcc.model.Goal;
import qcc.tests.InstalledTools;

/** What goals and scales promise for the networks of MLPerf Tiny on a Cortex-M4. */
class VariantTest {
    private static final String TARGET = "cortex-m4";

    private static BenchmarkModel model(String name) {
        InstalledTools.requireArm();
        BenchmarkModel model = BenchmarkModel.all().stream().filter(m -> m.name().equals(name)).findFirst()
                .orElseThrow();
        assumeTrue(model.present(), () -> "the model is absent: " + model.file());
        return model;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pretrainedResnet_quant", "kws_ref_model", "vww_96_int8", "ad01_int8"})
    void sizeTakesLessFlashThanCmsisNnAtNoMoreInstructions(String name) {
        Baselines baselines = new Baselines();
        assumeTrue(baselines.absence().isEmpty(), () -> baselines.absence().get());
        WholeRun run = new Benchmark(model(name), TARGET, new Variant(Optional.of(Goal.SIZE), false)).measure("");
        assertThat(run.flashBytes()).isLessThan(baselines.find(name, TARGET, "flash_bytes").getAsLong());
        assertThat(run.instructions()).isLessThanOrEqualTo(baselines.find(name, TARGET, "instructions").getAsLong());
    }

    /** The larger two are measured by {@code tests/benchmark --powers-of-two}. */
    @ParameterizedTest
    @ValueSource(strings = {"kws_ref_model", "ad01_int8"})
    void powersOfTwoAreAtLeastAsFast(String name) {
        long exact = new Expectations().find(new BenchmarkCase(TARGET, "-O2", name)).orElseThrow();
        WholeRun run = new Benchmark(model(name), TARGET, new Variant(Optional.empty(), true)).measure("-O2");
        assertThat(run.instructions()).isLessThanOrEqualTo(exact);
    }
}
