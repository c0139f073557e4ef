package qcc.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that is odd but right is not refused: the firmware still computes what the reference computes. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ExtremeValuesTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "nothing but zeros     | 0          | 0    | 0        | power_of_two",
        "nothing but zeros     | 0          | 0    | 0        | dyadic",
        "denormal samples      | 1e-40,0    | 1,-1 | 0.5      | power_of_two",
        "denormal samples      | 1e-40,0    | 1,-1 | 0.5      | dyadic",
        "denormal weights      | 0.1,0.7,-1 | 1e-40| 0        | power_of_two",
        "tiny beside huge      | 0.1,0.7,-1 | 1e-20| 1e20,0,1 | power_of_two",
        "tiny beside huge      | 0.1,0.7,-1 | 1e-20| 1e20,0,1 | dyadic",
        "almost infinite       | 1e3,-1e3   | 1e34 | 1e37     | power_of_two",
        "one sample, one value | 1          | 1    | -4       | dyadic"})
    void isBitExact(String title, String samples, String weights, String bias, String scales) throws IOException {
        Files.writeString(temporary.resolve("m.qdsl"), "model m(x: [4]) -> y, z {\n"
                + "    y = x |> dense(3) as fc |> relu\n    z = y |> sigmoid\n}\nparameters \"w.npz\"\n"
                + "quantize {\n    scales " + scales + "\n    calibrate \"s.npz\"\n}\n");
        DataRecipe.make(temporary, List.of("s.npz array x <f4 3,4 " + samples,
                "w.npz array fc.weight <f4 4,3 " + weights,
                "w.npz array fc.bias <f4 3 " + bias));
        CommandLineRun run = CommandLineRun.of(temporary, CommandLineRun.home(),
                List.of("verify", "./m.qdsl", "--target", "host", "--samples", "8"));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("bit-exact");
        assertHeaderIsC();
    }

    /** The conversions for applications hold the scales as floats, which must be ones that C knows. */
    private void assertHeaderIsC() throws IOException {
        CommandLineRun run = CommandLineRun.of(temporary, CommandLineRun.home(),
                List.of("compile", "./m.qdsl", "--target", "host", "--no-build", "-o", "./out"));
        assertThat(run.err()).isEmpty();
        assertThat(Files.readString(temporary.resolve("out/model/m.h"))).contains("m_x_quantize")
                .doesNotContain("Infinity", "NaN");
    }
}
