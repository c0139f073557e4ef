package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.driver.Compilation;
import qcc.driver.Footprint;
import qcc.driver.Inputs;
import qcc.driver.Profiler;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.ir.Stage;
import qcc.program.Program;
import qcc.program.Step;

/** Digits with weights of 4 and 2 bits: the reference's bits on every kind of core, and what flash and time they take. */
class FewBitsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private Compilation digits(int bits) {
        return Workshop.digits(folder, "int8 per channel", "int" + bits + " per channel");
    }

    @ParameterizedTest
    @CsvSource({"4, cortex-m4, ''", "2, cortex-m4, ''", "4, cortex-m0, ''", "2, cortex-m3, ''",
        "4, host, -fsanitize=undefined", "2, host, -fsanitize=undefined"})
    void packedWeightsAreBitExact(int bits, String target, String flags) {
        Workshop.require(target.equals("host") ? new String[] {"cc", "make"}
                : new String[] {"arm-none-eabi-gcc", "make", "qemu-system-arm"});
        Compilation compilation = digits(bits);
        VerificationReport report = new Verification(Workshop.project(compilation, target), LIMIT, flags)
                .run(Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(), 60, 7));
        assertThat(report.mismatch()).isEmpty();
        assertThat(report.bitExact()).isTrue();
    }

    private static int weightBytes(Program program, String layer) {
        Step step = program.steps().stream().filter(s -> s.name().equals(layer)).findFirst().orElseThrow();
        return program.constants().stream().filter(a -> a.symbol().equals(step.constants().get("weights")))
                .findFirst().orElseThrow().content().bytes();
    }

    /** The array that the linker places is exactly as long as its bits; DigitsFirmwareTest compares arrays and map. */
    @ParameterizedTest
    @CsvSource({"8, 8", "7, 8", "5, 8", "4, 4", "3, 4", "2, 2"})
    void weightsTakeTwoFourOrEightBitsOfFlash(int bits, int stored) {
        Program program = Workshop.project(digits(bits), "cortex-m4").program();
        assertThat(weightBytes(program, "conv")).isEqualTo(24 * 3 * 3 * 16 * stored / 8);
        assertThat(weightBytes(program, "pw")).isEqualTo(16 * 16 * stored / 8);
        assertThat(weightBytes(program, "dw")).isEqualTo(16 * 12 * stored / 8);
    }

    /** On Cortex-M4, packed weights save flash and cost few instructions. */
    @Test
    void flashAndInstructionsAreThose() {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        Project bytes = Workshop.project(Workshop.digits(), "cortex-m4");
        Project halves = Workshop.project(digits(4), "cortex-m4");
        Project quarters = Workshop.project(digits(2), "cortex-m4");
        List<Long> flash = List.of(bytes, halves, quarters).stream()
                .map(project -> Footprint.measure(project).orElseThrow().flashBytes()).toList();
        assertThat(flash.get(0) - flash.get(1)).isGreaterThan(2500);
        assertThat(flash.get(1) - flash.get(2)).isGreaterThan(600);
        long of8 = new Profiler(bytes, LIMIT).run().instructions();
        assertThat(new Profiler(halves, LIMIT).run().instructions()).isBetween(of8, of8 * 120 / 100);
        assertThat(new Profiler(quarters, LIMIT).run().instructions()).isBetween(of8, of8 * 124 / 100);
    }
}
