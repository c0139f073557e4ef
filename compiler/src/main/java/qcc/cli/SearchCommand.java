package qcc.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.driver.Compilation;
import qcc.driver.Importation;
import qcc.driver.ProjectWriter;
import qcc.ir.Stage;
import qcc.search.BitBudget;
import qcc.search.Candidate;
import qcc.search.LayerOption;
import qcc.search.MixedPrecision;
import qcc.target.Installation;

/** {@code qcc search}: bits for the weights of each layer, under a budget. */
@Command(name = "search", mixinStandardHelpOptions = true,
        description = "Picks the bits of every layer's weights, so that the firmware keeps a budget and errs least.")
final class SearchCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Mixin
    private ModelOptions model;

    @Option(names = "--flash", paramLabel = "BYTES", converter = Size.class,
            description = "the most flash that the firmware may take, such as 7500 or 8K")
    private Long flash;

    @Option(names = "--ram", paramLabel = "BYTES", converter = Size.class,
            description = "the most RAM, without the stack")
    private Long ram;

    @Option(names = "--instructions", paramLabel = "COUNT",
            description = "the most instructions of one run, counted in an emulator")
    private Long instructions;

    @Option(names = "--samples", paramLabel = "COUNT", defaultValue = "64",
            description = "calibration samples to measure errors on (default: ${DEFAULT-VALUE})")
    private int samples;

    @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "600",
            description = "after which no further choice is tried (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR",
            description = "write the model with these bits there, as a text with its arrays")
    private Path output;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    /** A number of bytes. */
    private static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (!text.matches("[0-9]{1,9}[KM]?")) {
                throw new TypeConversionException("`" + text + "` is no size such as 7500, 8K or 1M");
            }
            long unit = text.endsWith("K") ? 1024 : text.endsWith("M") ? 1024 * 1024 : 1;
            return Long.parseLong(text.replaceAll("[KM]", "")) * unit;
        }
    }

    @Override
    public Integer call() {
        if (samples < 1 || limit < 1 || instructions != null && instructions < 1) {
            parent.terminal().err().println("qcc: --samples, --time-limit and --instructions must be at least 1");
            return ExitCode.USAGE;
        }
        Compilation optimised = new Compilation(model.model(), (pass, graph) -> { }, model.optimise());
        Compilation exact = new Compilation(model.model(), (pass, graph) -> { }, false);
        optimised.use(model.settings());
        exact.use(model.settings());
        MixedPrecision.Outcome outcome;
        try (Progress progress = new Progress(parent.terminal(), "compiling " + model.model())) {
            if (exact.model().graph().stage() == Stage.INTEGER) {
                throw new CompilationFailed(Diagnostic.of(Code.E502, exact.model().span(),
                        "the model is quantised already, so its weights have the bits that they have")
                        .help("search for bits with the model in floating point"));
            }
            Installation installation = Installation.find();
            outcome = new MixedPrecision(exact, optimised, model.target(installation),
                    installation, new MixedPrecision.Settings(new BitBudget(optional(flash), optional(ram),
                            optional(instructions)), samples, MixedPrecision.DEFAULT_BUILDS,
                            Duration.ofSeconds(limit), Duration.ofMinutes(10)),
                    progress::now).run();
        }
        parent.terminal().report(exact.warnings());
        if (outcome.stopped()) {
            parent.terminal().report(List.of(Diagnostic.of(Code.W506, exact.model().span(),
                    "the search was stopped after " + limit + " seconds, before all choices were tried")
                    .help("give it more time: --time-limit " + 2 * limit)));
        }
        if (json) {
            parent.terminal().print(SearchFormats.json(outcome));
        } else {
            print(outcome);
        }
        Candidate best = outcome.best().orElseThrow(() -> new CompilationFailed(Diagnostic.of(Code.E602,
                Span.wholeFile(model.model().toString()), "no choice of bits keeps the budget")
                .because("the smallest firmware that was built takes " + smallest(outcome))));
        if (output != null) {
            List<String> kept = ProjectWriter.write(Importation.of(exact.withBits(best.bits()).model()).files(),
                    output);
            kept.forEach(name -> parent.terminal().print("kept   your changes in " + output.resolve(name) + "\n"));
            parent.terminal().print("wrote  " + output + "\n");
        }
        return ExitCode.OK;
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static String smallest(MixedPrecision.Outcome outcome) {
        return outcome.tried().stream().mapToLong(candidate -> candidate.expense().flashBytes()).min().orElseThrow()
                + " bytes of flash and " + outcome.tried().stream().mapToLong(c -> c.expense().ramBytes()).min()
                .orElseThrow() + " of RAM";
    }

    private void print(MixedPrecision.Outcome outcome) {
        PrintWriter out = parent.terminal().out();
        Map<String, Integer> chosen = outcome.best().map(Candidate::bits).orElse(new TreeMap<>());
        out.printf(Locale.ROOT, "%-28s %6s %14s %10s%n", "layer", "bits", "error alone", "flash");
        for (LayerOption option : outcome.options()) {
            boolean isChosen = chosen.getOrDefault(option.layer(), 0) == option.bits();
            out.printf(Locale.ROOT, "%-28s %6d %14.6f %,10d%s%n", option.layer(), option.bits(), option.error(),
                    option.flashBytes(), isChosen ? "  chosen" : "");
        }
        out.printf(Locale.ROOT, "%n%-40s %10s %10s %12s %10s%n", "firmware", "flash", "RAM", "error", "as float");
        for (Candidate candidate : outcome.tried()) {
            out.printf(Locale.ROOT, "%-40s %,10d %,10d %12.6f %8.2f %%%s%n", name(candidate, outcome.options()),
                    candidate.expense().flashBytes(), candidate.expense().ramBytes(), candidate.error(),
                    100 * candidate.agreement(), outcome.best().filter(candidate::equals).isPresent() ? "  best" : "");
        }
        out.flush();
    }

    /** The bits of all layers, in the network's order. */
    private static String name(Candidate candidate, List<LayerOption> options) {
        if (candidate.isUniform()) {
            return candidate.bits().values().stream().findFirst().orElse(0) + " bits everywhere";
        }
        StringBuilder text = new StringBuilder();
        options.stream().map(LayerOption::layer).distinct()
                .forEach(layer -> text.append(text.isEmpty() ? "" : " ").append(candidate.bits().get(layer)));
        return text.toString();
    }
}
