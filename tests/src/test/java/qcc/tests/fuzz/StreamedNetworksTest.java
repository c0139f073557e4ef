package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;
import qcc.driver.Project;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.InputUse;
import qcc.program.MemoryOptions;
import qcc.target.Installation;
import qcc.target.Targets;

/**
 * Image networks with residual blocks, whose layers compute their rows in turn because the least RAM is asked for: the
 * same bits as the interpreter, layer by layer, on the host under sanitizers and on a Cortex-M4.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class StreamedNetworksTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, network {1}")
    @CsvSource({"host, 1", "host, 2", "host, 3", "host, 4", "cortex-m4, 5", "cortex-m4, 6", "cortex-m4, 7", "cortex-m0, 8"})
    void layersThatComputeTheirRowsInTurnAreExact(String target, long seed) throws IOException {
        check(target, seed, InputUse.CONSUMED);
    }

    /** The block of the first layers has the input as a shortcut, or not. */
    @ParameterizedTest(name = "{0}, network {1}")
    @CsvSource({"host, 1", "host, 2", "host, 3", "host, 4", "cortex-m4, 5", "cortex-m4, 6", "cortex-m3, 7", "cortex-m0, 8"})
    void soAreThoseWhoseInputIsSuppliedRowByRow(String target, long seed) throws IOException {
        check(target, seed, InputUse.ROWS);
    }

    /** An image of a single row: the C compiler sees that its window never moves, and must not warn of what would be. */
    @Test
    void aSingleRowIsSupplied() {
        Requirements.assumeToolsOf("host");
        assertThat(Oracle.of("host", Installation.find(), InputUse.ROWS).judge("model row(x: [1, 1, 4]) -> y {\n"
                + "    y = x |> sigmoid\n}\nparameters random(1)\nquantize {\n    calibrate random(1)\n}\n"))
                .isEqualTo(Outcome.PASSED);
    }

    private void check(String target, long seed, InputUse inputs) throws IOException {
        Requirements.assumeToolsOf(target);
        String model = network(new Random(seed), inputs == InputUse.ROWS && seed % 2 == 0);
        Path file = folder.resolve("streamed.qdsl");
        Files.writeString(file, model, StandardCharsets.UTF_8);
        Installation installation = Installation.find();
        Compilation compilation = new Compilation(file);
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(), Optional.empty(), Optional.empty(),
                new MemoryOptions(OptionalLong.empty(), inputs)));
        Project project = Project.of(compilation, new Targets(installation).load(target), installation);
        assertThat(project.program().streams()).as(model).isNotEmpty();
        assertThat(Oracle.of(target, installation, inputs).judge(model)).as(model).isEqualTo(Outcome.PASSED);
    }

    /**
     * A first layer, residual blocks of two convolutions, separable ones between them, and a head.
     *
     * @param shortcut true when the input itself is added to what the first layer computes of it
     */
    private static String network(Random random, boolean shortcut) {
        int height = 9 + random.nextInt(8);
        int width = 8 + random.nextInt(5);
        StringBuilder body = new StringBuilder(shortcut
                ? "    x0 = (image |> " + convolution(random, 4, 1) + ") + image\n"
                : "    x0 = image |> " + convolution(random, 8, 1) + " |> relu\n");
        int blocks = 2 + random.nextInt(2);
        for (int i = 1; i <= blocks; i++) {
            int stride = 1 + random.nextInt(2);
            int filters = 4 * (2 + random.nextInt(3));
            String from = "x" + (i - 1);
            body.append("    a" + i + " = " + from + " |> " + convolution(random, filters, stride) + " |> relu |> "
                    + convolution(random, filters, 1) + "\n");
            body.append("    b" + i + " = " + from + " |> conv2d(filters = " + filters + ", kernel = 1, stride = " + stride
                    + ")\n");
            body.append("    c" + i + " = a" + i + " + b" + i + " |> " + (random.nextBoolean() ? "relu" : "sigmoid")
                    + "\n");
            body.append("    x" + i + " = c" + i + " |> depthwise_conv2d(kernel = 3, padding = same) |> " + (random.nextBoolean()
                    ? "max_pool(kernel = 2, stride = 1, padding = same)" : "avg_pool(kernel = 3, stride = 1, padding = same)")
                    + "\n");
        }
        return "model streamed(image: [" + height + ", " + width + ", 4] in [-1, 1]) -> y {\n" + body
                + "    y = x" + blocks + " |> global_avg_pool |> dense(5) |> softmax\n}\n"
                + "parameters random(seed = " + random.nextInt(100) + ")\n"
                + "quantize {\n    scales " + (random.nextBoolean() ? "dyadic" : "power_of_two")
                + "\n    optimise size\n    calibrate random(seed = 1, count = 8)\n}\n";
    }

    private static String convolution(Random random, int filters, int stride) {
        return "conv2d(filters = " + filters + ", kernel = [" + (1 + random.nextInt(4)) + ", " + (1 + random.nextInt(3))
                + "], stride = " + stride + ", padding = same" + (stride == 1 && random.nextInt(4) == 0
                ? ", dilation = 2" : "") + ")";
    }
}
