package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.target.Installation;

/** A kernel that is wrong is caught, and the report says where. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class BrokenKernelTest {
    private static final int DIFFERENT = 3;

    @TempDir
    private Path home;

    /** {@code qcc verify} of the digits model: the first wrong layer with its kernel and the first wrong element. */
    @ParameterizedTest(name = "{5} on {0}")
    @CsvSource(delimiter = '|', textBlock = """
            host      | qcc_requantize.h           | saturate(acc >> n,        | saturate(acc / (1 << n),   | `stem` (conv2d,          | rounding towards zero
            host      | qcc_window.h               | out * stride - pad;       | out * stride - pad + 1;    | `stem` (conv2d,          | padding off by one
            host      | qcc_depthwise_conv2d.h     | inside(x + i, weights     | inside(x + (i ^ 1), weights| `dw` (depthwise_conv2d,  | neighbouring channels exchanged
            host      | qcc_add.h                  | (int8_t)qcc_saturate((g->m1 * a + g->m2 * b + g->bias) >> g->shift, g->lo, g->hi) | (int8_t)((g->m1 * a + g->m2 * b + g->bias) >> g->shift) | `add` (add, | missing saturation
            host      | qcc_max_pool.h             | kw < cols.end; kw++       | kw < cols.end - 1; kw++    | `max_pool` (max_pool,    | last column left out
            host      | qcc_softmax.h              | + total / 2) / total;     | ) / total;                 | `softmax` (softmax,      | rounding of the quotient forgotten
            cortex-m4 | qcc_depthwise_3x3_run.h    | qcc_put_3x3(s.d, y + step, p | qcc_put_3x3(s.c, y + step, p  | `dw` (depthwise_conv2d_3x3_dsp, | second result of a pair taken for the first
            """)
    void verifyNamesTheFirstWrongLayer(String target, String kernel, String right, String wrong, String where,
            String mistake) throws IOException, InterruptedException {
        Requirements.assumeToolsOf(target);
        BrokenInstallation.create(home, "runtime-c/" + kernel, right, wrong);
        assertThatVerifyFails(target, where);
    }

    /** The planner believes it, and the output overwrites rows that are still read. */
    @Test
    void aContractThatPromisesTooMuchIsFound() throws IOException, InterruptedException {
        Requirements.assumeToolsOf("host");
        BrokenInstallation.create(home, "targets/common/portable.kernels", "\nconv2d: conv2d\n    reads   1 pixels along",
                "\nconv2d: conv2d\n    reads   2 rows once");
        assertThatVerifyFails("host", "`conv` (conv2d,");
    }

    private void assertThatVerifyFails(String target, String where) throws IOException, InterruptedException {
        String model = Installation.find().home().resolve("tests/models/digits/digits.qdsl").toString();
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dqcc.home=" + home, "-cp", System.getProperty("java.class.path"), "qcc.cli.Qcc", "verify", model,
                "--target", target, "--samples", "20")).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isEqualTo(DIFFERENT);
        assertThat(output).contains("E706").contains("layer " + where)
                .containsPattern("sample [0-9]+, element \\[[0-9, ]+\\]: firmware -?[0-9]+, reference -?[0-9]+");
    }

    /** A layer may be right and its result lost before the run ends. */
    @Test
    void outputsThatAreOverwrittenLaterAreFound() throws IOException {
        Requirements.assumeToolsOf("host");
        Installation broken = BrokenInstallation.create(home, "templates/model/source.stg",
                "$call.function$();}; separator=\"\\n\"$", "$call.function$();}; separator=\"\\n\"$"
                + "$m.outputs:{p | arena[$p.offset$] = (int8_t)(arena[$p.offset$] + 1);}$");
        Outcome outcome = Oracle.of("host", broken).judge(NetworkGenerator.network(1).text());
        assertThat(outcome.signature()).isEqualTo("E705");
        assertThat(outcome.message()).contains("was overwritten after its layer had computed it");
    }

    /** Random networks find the mistake as well, and the one that is printed is small. */
    @Test
    void fuzzingFindsAndShrinks() throws IOException {
        Requirements.assumeToolsOf("host");
        Installation broken = BrokenInstallation.create(home, "runtime-c/qcc_pad.h", "qcc_copy(y + left, x, row)", "qcc_copy(y + left, x, row - 1)");
        Oracle oracle = Oracle.of("host", broken);
        long seed = LongStream.range(1, 1000).filter(s -> NetworkGenerator.network(s).text().contains("> pad("))
                .filter(s -> oracle.judge(NetworkGenerator.network(s).text()).failed()).findFirst().orElseThrow();
        Campaign.Report report = new Campaign(oracle, 1, (s, outcome) -> { }).run(seed, 1);

        assertThat(report.failures()).singleElement().satisfies(failure -> {
            String text = new FailureReport(oracle, "host", home.resolve("out")).describe(failure);
            assertThat(text).contains("tests/fuzz --seed " + seed + " --count 1 --target host")
                    .contains("different pad").containsPattern("shrunk from [0-9]+ layers to 1,");
            assertThat(home.resolve("out/seed-" + seed + "-host.min.qdsl")).content(StandardCharsets.UTF_8)
                    .contains("pad(padding = [");
        });
    }
}
