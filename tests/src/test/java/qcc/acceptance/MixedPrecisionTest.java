package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.cli.Qcc;
import qcc.diagnostics.Span;
import qcc.driver.AccuracyEvaluation;
import qcc.driver.AccuracyReport;
import qcc.driver.Compilation;
import qcc.driver.Fidelity;
import qcc.driver.Footprint;
import qcc.driver.Inputs;
import qcc.driver.Labels;
import qcc.driver.ModelSettings;
import qcc.driver.Profiler;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.ir.Stage;
import qcc.model.Goal;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.quant.LayerBits;
import qcc.quant.SampleReader;
import qcc.quant.Samples;
import qcc.search.BitBudget;
import qcc.search.Candidate;
import qcc.search.MixedPrecision;
import qcc.target.Installation;
import qcc.target.Targets;

/** Bits for each layer of real networks, under budgets that the linker's map and the emulator's count keep. */
class MixedPrecisionTest {
    private static final String TARGET = "cortex-m4";
    /** Few, for the test's time; the best ones come first. */
    private static final int BUILDS = 6;
    private static final long FLASH = 12_000;
    private static final long RAM = 2_500;
    private static final long INSTRUCTIONS = 150_000;
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

    private static Path model(String name) {
        return Workshop.DIGITS.getParent().resolve(name).resolve(name + ".qdsl");
    }

    private static MixedPrecision.Outcome search(String name, BitBudget budget, int samples, int builds) {
        return search(name, Goal.BALANCED, budget, samples, builds);
    }

    private static MixedPrecision.Outcome search(String name, Goal goal, BitBudget budget, int samples, int builds) {
        Installation installation = Installation.find();
        Compilation exact = new Compilation(model(name), (pass, graph) -> { }, false);
        exact.use(settings(goal));
        return new MixedPrecision(exact, compilation(name, goal),
                new Targets(installation).load(TARGET), installation, new MixedPrecision.Settings(budget, samples,
                        builds, Duration.ofMinutes(5), Duration.ofMinutes(1)), text -> { }).run();
    }

    private static ModelSettings settings(Goal goal) {
        return new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(), Optional.of(goal));
    }

    private static Compilation compilation(String name, Goal goal) {
        Compilation compilation = new Compilation(model(name));
        compilation.use(settings(goal));
        return compilation;
    }

    private static BitBudget flash(long bytes) {
        return new BitBudget(OptionalLong.of(bytes), OptionalLong.empty(), OptionalLong.empty());
    }

    private static Candidate bestUniform(MixedPrecision.Outcome outcome, long flash) {
        return outcome.tried().stream().filter(Candidate::isUniform)
                .filter(candidate -> candidate.expense().flashBytes() <= flash)
                .min(Comparator.comparingDouble(Candidate::error)).orElseThrow();
    }

    /** Right answers on images that had no part in training or calibration, in percent. */
    private static double accuracy(String name, Candidate candidate) {
        AccuracyReport report = heldOut(name, candidate);
        return report.percent(report.integer());
    }

    private static AccuracyReport heldOut(String name, Candidate candidate) {
        Compilation compilation = new Compilation(model(name), (pass, graph) -> { }, false).withBits(candidate.bits());
        Path file = model(name).resolveSibling("test.npz");
        Samples samples = SampleReader.read(compilation.model().graph(), file, "test", Span.wholeFile("test"));
        return new AccuracyEvaluation(compilation).run(samples, Labels.read(file, samples.size()));
    }

    /** Noise of what softmax reads, as a share of the signal, on those images. */
    private static double error(AccuracyReport report) {
        Fidelity last = report.layers().stream().filter(layer -> layer.name().equals("fc")).findFirst().orElseThrow()
                .integer();
        return last.noise() / last.signal();
    }

    private static long flashOf(String name, int bits) {
        return flashOf(name, bits, Goal.BALANCED);
    }

    private static long flashOf(String name, int bits, Goal goal) {
        Compilation compilation = compilation(name, goal);
        Map<String, Integer> uniform = LayerBits.layers(compilation.model().graph()).stream()
                .collect(Collectors.toMap(layer -> layer, layer -> bits));
        return Footprint.measure(Workshop.project(compilation.withBits(uniform), TARGET)).orElseThrow().flashBytes();
    }

    /**
     * Flash between that of two uniform choices: what the smaller one leaves is worth something.
     *
     * @param place  of the budget between the two
     * @param share  of the uniform choice's error that is left, at most
     * @param points of accuracy that are gained, at least; where there is none to gain, two of 400 images may be lost
     */
    @ParameterizedTest
    @CsvSource({"digits, 4, 8, 0.2, 0.8, -0.5", "handwriting, 2, 4, 0.6, 0.7, 5"})
    void mixedBitsBeatUniformOnesWithinTheSameFlash(String name, int few, int many, double place, double share,
            double points) {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        long smaller = flashOf(name, few);
        long bytes = smaller + (long) (place * (flashOf(name, many) - smaller));
        MixedPrecision.Outcome outcome = search(name, flash(bytes), 8, BUILDS);
        Candidate best = outcome.best().orElseThrow();
        Candidate uniform = bestUniform(outcome, bytes);
        assertThat(best.isUniform()).isFalse();
        assertThat(best.error()).isLessThan(share * uniform.error());
        assertThat(accuracy(name, best)).isGreaterThanOrEqualTo(accuracy(name, uniform) + points);
        assertThat(outcome.options()).allMatch(option -> option.error() >= 0);

        takesWhatWasMeasured(new Compilation(model(name)).withBits(best.bits()), best, bytes);
    }

    /**
     * Exactly the flash of uniform bits, as the linker's map shows it: mixed bits take no byte more and err less, over
     * the samples that the search saw and over images that it did not see.
     *
     * @param samples that the search sees; handwriting is easily fitted with few
     * @param share   of the uniform choice's error that is left, at most, on both
     */
    @ParameterizedTest
    @CsvSource({"handwriting, 4, 100, 0.97", "digits, 3, 32, 0.6"})
    void mixedBitsBeatUniformOnesOfTheSameFlash(String name, int bits, int samples, double share) {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        long bytes = flashOf(name, bits, Goal.SIZE);
        MixedPrecision.Outcome outcome = search(name, Goal.SIZE, flash(bytes), samples, BUILDS);
        Candidate best = outcome.best().orElseThrow();
        Candidate uniform = outcome.tried().stream().filter(Candidate::isUniform)
                .filter(candidate -> candidate.bits().containsValue(bits)).findFirst().orElseThrow();
        assertThat(uniform.expense().flashBytes()).isEqualTo(bytes);
        assertThat(best.isUniform()).isFalse();
        assertThat(best.error()).isLessThan(share * uniform.error());

        AccuracyReport mixed = heldOut(name, best);
        AccuracyReport even = heldOut(name, uniform);
        assertThat(error(mixed)).isLessThan(share * error(even));

        takesWhatWasMeasured(compilation(name, Goal.SIZE).withBits(best.bits()), best, bytes);
    }

    /** Built once more, the choice takes the flash that the search says, no more than the budget, and is bit-exact. */
    private static void takesWhatWasMeasured(Compilation chosen, Candidate best, long budget) {
        Project project = Workshop.project(chosen, TARGET);
        assertThat(Footprint.measure(project).orElseThrow().flashBytes()).isEqualTo(best.expense().flashBytes())
                .isLessThanOrEqualTo(budget);
        VerificationReport report = new Verification(project, Duration.ofMinutes(2), "")
                .run(Inputs.mixture(chosen.graph(Stage.INTEGER), chosen.samples(), 60, 3));
        assertThat(report.bitExact()).isTrue();
    }

    /** Unpacking few weights takes RAM, reading packed ones takes instructions; two runs find the same. */
    @Test
    void ramAndInstructionsAreKept() {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        BitBudget all = new BitBudget(OptionalLong.of(FLASH), OptionalLong.of(RAM), OptionalLong.of(INSTRUCTIONS));
        MixedPrecision.Outcome outcome = search("digits", all, 4, 2);
        assertThat(outcome.tried()).anyMatch(candidate -> candidate.expense().ramBytes() > RAM)
                .anyMatch(candidate -> candidate.expense().instructions() > INSTRUCTIONS);
        Candidate best = outcome.best().orElseThrow();
        assertThat(best.expense().flashBytes()).isLessThanOrEqualTo(FLASH);
        assertThat(best.expense().ramBytes()).isLessThanOrEqualTo(RAM);
        assertThat(best.expense().instructions()).isLessThanOrEqualTo(INSTRUCTIONS);
        Project project = Workshop.project(new Compilation(DIGITS).withBits(best.bits()), TARGET);
        assertThat(new Profiler(project, Duration.ofMinutes(1)).run().instructions())
                .isEqualTo(best.expense().instructions());
        assertThat(search("digits", all, 4, 2)).isEqualTo(outcome);
    }

    /** With little flash most layers get 2 bits, and the model that is written says it itself. */
    @Test
    void theResultIsAModelOfItsOwn() {
        Workshop.require("arm-none-eabi-gcc", "make");
        Run run = qcc("search", DIGITS.toString(), "--flash", "10K", "--samples", "4", "-o",
                folder.resolve("small").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 bits everywhere").contains("best").contains("wrote");
        Project project = Workshop.project(new Compilation(folder.resolve("small/digits.qdsl")), TARGET);
        assertThat(Footprint.measure(project).orElseThrow().flashBytes()).isLessThanOrEqualTo(10 * 1024);
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
