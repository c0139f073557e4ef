package qcc.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.tests.InstalledTools;

/** No kernel became slower, or faster without anybody's notice: the counts are exact. */
class BenchmarkTest {
    private static final List<String> AT_O2 = List.of("cortex-m0", "cortex-m3", "cortex-m4", "cortex-m55");

    static Stream<BenchmarkCase> cases() {
        return BenchmarkModel.all().stream().map(BenchmarkModel::name).flatMap(model -> Stream.concat(
                AT_O2.stream().map(target -> new BenchmarkCase(target, "-O2", model)),
                Stream.of(new BenchmarkCase("cortex-m4", "-O3", model))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void instructionsAreTheExpectedOnes(BenchmarkCase which) {
        InstalledTools.requireArm();
        BenchmarkModel model = BenchmarkModel.all().stream().filter(m -> m.name().equals(which.model())).findFirst()
                .orElseThrow();
        assumeTrue(model.present(), () -> "the model is absent: " + model.file());
        assertThat(new Benchmark(model, which.target(), Variant.PLAIN).measure(which.level()).instructions())
                .as("%s; if this is meant: tests/benchmark --bless", which)
                .isEqualTo(new Expectations().find(which).orElseThrow());
    }
}
