package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.driver.Compilation;
import qcc.driver.Footprint;
import qcc.driver.Inputs;
import qcc.driver.ModelSettings;
import qcc.driver.Profiler;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.ir.Stage;
import qcc.model.Goal;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.InputUse;
import qcc.program.MemoryOptions;
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

    /**
     * The array that the linker places is exactly as long as its bits; DigitsFirmwareTest compares arrays and map.
     * Kernels read 8, 4 or 2 bits; what is unpacked for them takes no more than it needs.
     */
    @ParameterizedTest
    @CsvSource({"8, 8, 8", "7, 8, 7", "5, 8, 5", "4, 4, 4", "3, 4, 3", "2, 2, 2"})
    void weightsTakeAsManyBitsOfFlashAsTheirKernelsCanRead(int bits, int read, int unpacked) {
        Program program = Workshop.project(digits(bits), "cortex-m4").program();
        assertThat(weightBytes(program, "conv")).isEqualTo(24 * 3 * 3 * 16 * read / 8);
        assertThat(weightBytes(program, "pw")).isEqualTo(16 * 16 * read / 8);
        assertThat(weightBytes(program, "dw")).isEqualTo(16 * 12 * unpacked / 8);
    }

    private Compilation smallest(int bits) {
        Compilation compilation = digits(bits);
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(), Optional.of(Goal.SIZE)));
        return compilation;
    }

    /**
     * Where flash counts most, all weights are unpacked that then take less of it, into bytes or fields of 4 bits. Rows
     * that are stacked may need one bit more than their weights, and those of M0 that are unsigned need 8.
     */
    @ParameterizedTest
    @CsvSource({"6, 7, cortex-m4", "5, 8, cortex-m0", "3, 3, cortex-m4", "3, 3, cortex-m0", "6, 6, cortex-m55"})
    void theSmallestFirmwareHoldsNoBitTooMany(int bits, int most, String target) {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        Compilation compilation = smallest(bits);
        Project project = Workshop.project(compilation, target);
        assertThat(weightBytes(project.program(), "conv")).isBetween(24 * 3 * 3 * 16 * bits / 8,
                24 * 3 * 3 * 16 * most / 8);
        VerificationReport report = new Verification(project, LIMIT, "")
                .run(Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(), 60, 7));
        assertThat(report.mismatch()).isEmpty();
        assertThat(report.bitExact()).isTrue();
    }

    /** Without the RAM for that, kernels read what they can. */
    @Test
    void weightsAreNotUnpackedIntoRamThatIsNotThere() {
        Compilation compilation = digits(6);
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(), Optional.empty(),
                Optional.of(Goal.SIZE), new MemoryOptions(OptionalLong.of(3000), InputUse.CONSUMED)));
        Program program = Workshop.project(compilation, "cortex-m4").program();
        assertThat(program.arenaBytes()).isLessThanOrEqualTo(3000);
        assertThat(weightBytes(program, "conv")).isEqualTo(24 * 3 * 3 * 16);
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
