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

/** Every name that QDSL allows is allowed: what would clash in C gets another name there, and still computes. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class NamesInCTest {
    @TempDir
    private Path temporary;

    /** In the table, {@code ~} stands for {@code |>}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "words of C | int | main: [4], printf: [4] | static | static = add(main, printf) ~ dense(3) as while",
        "library names | stdio | int8_t: [4], errno: [4] | memcpy | memcpy = add(int8_t, errno) ~ softmax as NULL",
        "upper and lower case | M | x: [4], X: [4] | Y, y | Y = add(x, X); y = Y ~ sigmoid",
        "functions of the header | m | run: [4], x_quantize: [4], x: [4] | arena | arena = add(run, x_quantize) + x",
        "macros of the header | m | x: [4], x_SIZE: [4], arena: [4] | y | y = add(x, x_SIZE) + arena",
        "dots | m | x: [4] | y | block b(t) = t ~ dense(4) as b; a = x ~ dense(4) as a_b; y = a ~ b as a",
        "constants | m | x: [4] | m_c_bias, c_bias | m_c_bias = x ~ dense(4) as m_c; c_bias = m_c_bias ~ dense(4) as c",
        "underscores | _ | _: [4] | __ | __ = _ ~ dense(2) as ___",
        "names of qcc | qcc_io | qcc_model: [4] | qcc_run | qcc_run = qcc_model ~ dense(2) as qcc_dense",
        "nothing to compute | m | x: [4], z: [4] | y | y = z"})
    void computesWithAnyNames(String title, String model, String inputs, String outputs, String body)
            throws IOException {
        Files.writeString(temporary.resolve("m.qdsl"), "model " + model + "(" + inputs + ") -> " + outputs + " {\n"
                + body.replace("~", "|>") + "\n}\nparameters random(1)\nquantize {\n    calibrate random(1)\n}\n");
        CommandLineRun run = CommandLineRun.of(temporary, CommandLineRun.home(),
                List.of("verify", "./m.qdsl", "--target", "host", "--samples", "6"));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("bit-exact");
    }
}
