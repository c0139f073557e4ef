package qcc.tests.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.driver.Mismatch;
import qcc.driver.ModelSettings;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.emulator.ToolMissing;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.model.QuantizeSettings;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.InputUse;
import qcc.program.MemoryOptions;
import qcc.quant.Simulation;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;
import qcc.tensor.IntTensor;

/**
 * What must hold for every model: it compiles, its integer layers mean what its real-valued layers mean, and its
 * firmware computes the same bits as the interpreter, in every way it is built.
 */
public final class Oracle {
    /** As shipped. */
    private static final String PLAIN = "";
    /** Without optimisation, sanitized code compiles four times as fast, and nothing is optimised away unchecked. */
    private static final String SANITIZED = "-O0 -fsanitize=address,undefined -fno-sanitize-recover=all";

    private static final Set<Code> REFUSALS = EnumSet.of(Code.E501, Code.E502, Code.E603);
    private static final int SAMPLES = 14;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Installation installation;
    private final Target target;
    private final List<String> builds;
    private final InputUse inputs;

    private Oracle(Installation installation, Target target, List<String> builds, InputUse inputs) {
        this.installation = installation;
        this.target = target;
        this.builds = builds;
        this.inputs = inputs;
    }

    /** For a target by name; firmware for the host runs under sanitizers as well. */
    public static Oracle of(String target, Installation installation) {
        return of(target, installation, InputUse.CONSUMED);
    }

    /**
     * For a target by name, and firmware of one kind.
     *
     * @param inputs what happens to the inputs
     */
    static Oracle of(String target, Installation installation, InputUse inputs) {
        Target loaded = new Targets(installation).load(target);
        boolean hosted = loaded.linkerScript().isEmpty();
        return new Oracle(installation, loaded, hosted ? List.of(SANITIZED, PLAIN) : List.of(PLAIN), inputs);
    }

    /** The command that judges the network of a seed again. */
    String command(long seed) {
        return "tests/fuzz --seed " + seed + " --count 1 --target " + target.name()
                + (inputs == InputUse.CONSUMED ? "" : " --inputs " + inputs);
    }

    /** Judges a model. */
    public Outcome judge(String model) {
        try {
            Path folder = Files.createTempDirectory("qcc-fuzz-");
            Path file = folder.resolve("fuzz.qdsl");
            try {
                Files.writeString(file, model, StandardCharsets.UTF_8);
                return judge(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome judge(Path file) {
        try {
            Compilation untouched = new Compilation(file, (pass, graph) -> { }, false);
            Compilation compilation = new Compilation(file);
            compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(), Optional.empty(), Optional.empty(),
                    new MemoryOptions(OptionalLong.empty(), inputs)));
            Optional<Outcome> wrong = checkLayers(untouched, untouched.graph(Stage.INTEGER))
                    .or(() -> checkCleanUp(untouched, compilation));
            return wrong.isPresent() ? wrong.get() : verify(compilation, compilation.graph(Stage.INTEGER));
        } catch (CompilationFailed e) {
            Diagnostic first = e.diagnostics().get(0);
            String message = e.diagnostics().stream().map(Oracle::text).collect(Collectors.joining("\n"));
            return REFUSALS.contains(first.code()) ? Outcome.refused(first.code().name(), message)
                    : Outcome.failed(first.code().name(), message);
        } catch (ToolMissing e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.failed(e.getClass().getSimpleName() + " in " + place(e), trace(e));
        }
    }

    private static Optional<Outcome> checkLayers(Compilation compilation, Graph integer) {
        QuantizeSettings settings = compilation.model().settings();
        Graph simulated = new Simulation(compilation.graph(Stage.CALIBRATED), settings).graph();
        List<List<IntTensor>> samples = compilation.samples().all().stream().map(compilation::quantize).toList();
        return new LayerCheck(simulated, integer, settings.scheme()).run(samples).map(finding ->
                Outcome.failed("wrong " + finding.node().operation().mnemonic(), finding.message()));
    }

    /** The passes that are said to change no result must not. */
    private static Optional<Outcome> checkCleanUp(Compilation untouched, Compilation cleaned) {
        for (List<IntTensor> input : Inputs.mixture(untouched.graph(Stage.INTEGER), untouched.samples(), SAMPLES, 1)) {
            if (!IntegerInterpreter.run(untouched.graph(Stage.INTEGER), input).outputs()
                    .equals(IntegerInterpreter.run(cleaned.graph(Stage.INTEGER), input).outputs())) {
                return Optional.of(Outcome.failed("clean-up", "the passes on the integer graph change an output"));
            }
        }
        return Optional.empty();
    }

    private Outcome verify(Compilation compilation, Graph integer) {
        Project project = Project.of(compilation, target, installation);
        List<List<IntTensor>> inputs = Inputs.mixture(integer, compilation.samples(), SAMPLES, 1);
        for (String flags : builds) {
            Optional<Mismatch> mismatch = new Verification(project, LIMIT, flags).run(inputs).mismatch();
            if (mismatch.isPresent()) {
                return Outcome.failed("different " + mismatch.get().step().kernel().name(),
                        mismatch.get().describe() + (flags.isEmpty() ? "" : " (built with " + flags + ")"));
            }
        }
        return Outcome.PASSED;
    }

    private static String text(Diagnostic diagnostic) {
        return diagnostic.code() + " " + diagnostic.message() + diagnostic.reason().map(r -> "\n" + r).orElse("");
    }

    /** The method of qcc that raised it. */
    private static String place(Throwable e) {
        return Arrays.stream(e.getStackTrace()).filter(frame -> frame.getClassName().startsWith("qcc.")).findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName()).orElse("?");
    }

    private static String trace(Throwable e) {
        return e + Arrays.stream(e.getStackTrace()).filter(frame -> frame.getClassName().startsWith("qcc."))
                .limit(6).map(frame -> "\n    " + frame).collect(Collectors.joining());
    }
}
