package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.cli.Qcc;
import qcc.driver.Compilation;
import qcc.driver.Footprint;
import qcc.driver.Inputs;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.ir.Stage;
import qcc.search.BitBudget;
import qcc.search.Candidate;
import qcc.search.MixedPrecision;
import qcc.target.Installation;
import qcc.target.Targets;

/** Bits for each layer of the digits network, under a budget of flash that the linker's map keeps. */
class MixedPrecisionTest {
    private static final String TARGET = "cortex-m4";
    private static final long FLASH = 8250;
    private static final Path DIGITS = Installation.find().home().resolve("tests/models/digits/digits.qdsl");

    @TempDir
    private Path folder;

    private record Run(int exitCode, String out, String err) {
    }

    private static Run qcc(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Qcc.execute(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void mixedBitsBeatUniformOnesWithinTheSameFlash() {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        Compilation exact = new Compilation(DIGITS, (pass, graph) -> { }, false);
        Compilation optimised = Workshop.digits();
        Installation installation = Installation.find();
        MixedPrecision.Outcome outcome = new MixedPrecision(exact, optimised, new Targets(installation).load(TARGET),
                installation, new MixedPrecision.Settings(new BitBudget(OptionalLong.of(FLASH), OptionalLong.empty(),
                        OptionalLong.empty()), 24, Duration.ofMinutes(5), Duration.ofMinutes(1)), text -> { }).run();
        Candidate best = outcome.best().orElseThrow();
        Candidate uniform = outcome.tried().stream().filter(Candidate::isUniform)
                .filter(candidate -> candidate.expense().flashBytes() <= FLASH)
                .min(Comparator.comparingDouble(Candidate::error)).orElseThrow();
        assertThat(best.isUniform()).isFalse();
        assertThat(best.error()).isLessThan(0.6 * uniform.error());
        assertThat(outcome.options()).hasSize(5 * 3).allMatch(option -> option.error() >= 0);

        Compilation chosen = optimised.withBits(best.bits());
        Project project = Workshop.project(chosen, TARGET);
        assertThat(Footprint.measure(project).orElseThrow().flashBytes()).isEqualTo(best.expense().flashBytes())
                .isLessThanOrEqualTo(FLASH);
        VerificationReport report = new Verification(project, Duration.ofMinutes(2), "")
                .run(Inputs.mixture(chosen.graph(Stage.INTEGER), chosen.samples(), 60, 3));
        assertThat(report.bitExact()).isTrue();
    }

    /** With little flash most layers get 2 bits, and the model that is written says it itself. */
    @Test
    void theResultIsAModelOfItsOwn() {
        Workshop.require("arm-none-eabi-gcc", "make");
        Run run = qcc("search", DIGITS.toString(), "--flash", "7500", "--samples", "4", "-o",
                folder.resolve("small").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 bits everywhere").contains("best").contains("wrote");
        Project project = Workshop.project(new Compilation(folder.resolve("small/digits.qdsl")), TARGET);
        assertThat(Footprint.measure(project).orElseThrow().flashBytes()).isLessThanOrEqualTo(7500);
    }

    @Test
    void aBudgetThatNothingKeepsIsRefused() {
        Workshop.require("arm-none-eabi-gcc", "make");
        Run run = qcc("search", DIGITS.toString(), "--flash", "2K", "--samples", "2", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("\"best\" : null");
        assertThat(run.err()).contains("E602").contains("no choice of bits keeps the budget");
        assertThat(List.of(run.err().split("\n"))).noneMatch(line -> line.startsWith("\tat "));
    }
}
