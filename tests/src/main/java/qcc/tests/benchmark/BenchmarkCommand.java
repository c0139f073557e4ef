package qcc.tests.benchmark;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import qcc.driver.WholeRun;
import qcc.model.Goal;

/** {@code tests/benchmark}: the table. Exit code 1 where a count differs from the expectations. */
@Command(name = "tests/benchmark", mixinStandardHelpOptions = true,
        description = "Counts what one run of each model costs on each core, beside the figures of CMSIS-NN.")
public final class BenchmarkCommand implements Callable<Integer> {
    private static final String ROW = "%-23s %-13s %-4s %11s %11s %5s %11s %11s %8s %8s %8s %7s %6s %6s %8s %7s%n";

    @Spec
    private CommandSpec spec;

    @Option(names = "--target", paramLabel = "NAME", split = ",", description = "only these (default: ${DEFAULT-VALUE})",
            defaultValue = "cortex-m0,cortex-m3,cortex-m4,cortex-m7,cortex-m33,cortex-m55")
    private List<String> targets;

    @Option(names = "--model", paramLabel = "NAME", split = ",", description = "only these (default: all)")
    private List<String> models = List.of();

    @Option(names = "--level", paramLabel = "FLAG", split = ",", defaultValue = "-O2,-O3",
            description = "optimisation levels of the C compiler (default: ${DEFAULT-VALUE})")
    private List<String> levels;

    @Option(names = "--optimise-for", paramLabel = "GOAL",
            description = "speed, balanced, size (default: what the model says)")
    private Goal goal;

    @Option(names = "--powers-of-two", description = "quantise the networks of reals that MLPerf Tiny's were made of, "
            + "with scales that are powers of two")
    private boolean powersOfTwo;

    @Option(names = "--no-verify", description = "do not compare the firmware with the reference")
    private boolean unverified;

    @Option(names = "--bless", description = "make the counts the expected ones")
    private boolean bless;

    private final Baselines baselines = new Baselines();
    private final Expectations expectations = new Expectations();
    private int surprises;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Variant variant = new Variant(Optional.ofNullable(goal), powersOfTwo);
        if (bless && !variant.isPlain()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "only counts of the models as they are can be "
                    + "blessed");
        }
        baselines.absence().ifPresent(out::println);
        out.printf(Locale.ROOT, ROW, "model", "target", "", "instructions", "CMSIS-NN", "ratio", "est. cycles",
                "CMSIS-NN", "flash", "CMSIS-NN",
                "RAM", "CMSIS.", "stack", "CMSIS.", "compile", "exact");
        for (BenchmarkModel model : BenchmarkModel.all()) {
            if (!models.isEmpty() && !models.contains(model.name())) {
                continue;
            }
            if (powersOfTwo && model.vectors() == null) {
                continue;
            }
            if (!model.present()) {
                out.println(model.name() + ": left out, " + model.file() + " is absent");
                continue;
            }
            for (String target : targets) {
                Benchmark benchmark = new Benchmark(model, target, variant);
                for (String level : levels) {
                    row(out, new BenchmarkCase(target, level, model.name()), benchmark, variant);
                }
            }
        }
        if (bless) {
            expectations.write();
        }
        out.println(surprises == 0 ? "all counts are the expected ones"
                : surprises + (bless ? " counts are new" : " counts are not the expected ones"));
        out.flush();
        return surprises == 0 || bless ? 0 : 1;
    }

    private void row(PrintWriter out, BenchmarkCase which, Benchmark benchmark, Variant variant) {
        WholeRun run = benchmark.measure(which.level());
        String exact = unverified ? "-" : String.valueOf(benchmark.verify(which.level()));
        OptionalLong theirs = baseline(which, "instructions");
        out.printf(Locale.ROOT, ROW, which.model(), which.target(), which.level(), thousands(run.instructions()),
                text(theirs), theirs.isPresent()
                        ? String.format(Locale.ROOT, "%.3f", (double) run.instructions() / theirs.getAsLong()) : "-",
                run.cycles().map(BenchmarkCommand::thousands).orElse("-"), text(baseline(which, "estimated_cycles")),
                thousands(run.flashBytes()), text(baseline(which, "flash_bytes")), thousands(run.ramBytes()),
                text(baseline(which, "ram_bytes")), thousands(run.stackBytes()), text(baseline(which, "stack_bytes")),
                thousands(benchmark.compileMillis()) + " ms", exact);
        long expected = expectations.find(which).orElse(-1L);
        if (!variant.isPlain()) {
            out.printf(Locale.ROOT, "  as it is: %s%n", expected < 0 ? "unknown" : String.format(Locale.ROOT,
                    "%,d, this is %.3f of it", expected, (double) run.instructions() / expected));
        } else if (expected != run.instructions()) {
            surprises++;
            out.printf(Locale.ROOT, "  expected: %s%n", expected < 0 ? "nothing" : thousands(expected));
            expectations.put(which, run.instructions());
        }
        out.flush();
    }

    private OptionalLong baseline(BenchmarkCase which, String figure) {
        return baselines.find(which.model(), which.target(), figure);
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? thousands(number.getAsLong()) : "-";
    }

    private static String thousands(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarkCommand()).execute(arguments));
    }
}
