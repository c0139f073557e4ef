package qcc.tests.fuzz;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import qcc.program.InputUse;
import qcc.target.Installation;

/** {@code tests/fuzz}: judges any number of random networks. Exit code 0: all passed. 1: some failed. */
@Command(name = "tests/fuzz", mixinStandardHelpOptions = true,
        description = "Compiles random networks and compares their firmware with the reference interpreter.")
public final class FuzzCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--count", paramLabel = "N", defaultValue = "100",
            description = "number of networks; refused ones do not count (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "of the first network; the others have the seeds after it (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--target", paramLabel = "NAME", defaultValue = "host",
            description = "host (with sanitizers) or another target (default: ${DEFAULT-VALUE})")
    private String target;

    @Option(names = "--inputs", paramLabel = "USE", defaultValue = "consumed",
            description = "what happens to the inputs: ${COMPLETION-CANDIDATES}; networks whose inputs cannot be supplied "
                    + "row by row are refused (default: ${DEFAULT-VALUE})")
    private InputUse inputs;

    @Option(names = "--jobs", paramLabel = "N", description = "networks at the same time (default: number of cores)")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "tests/target/fuzz",
            description = "where failing models are written (default: ${DEFAULT-VALUE})")
    private Path out;

    @Option(names = "--print", description = "only print the network of --seed")
    private boolean print;

    private int judged;

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        if (count < 1 || jobs < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--count and --jobs must be at least 1");
        }
        if (print) {
            terminal.print(NetworkGenerator.network(seed).text());
            terminal.flush();
            return 0;
        }
        Oracle oracle = Oracle.of(target, Installation.find(), inputs);
        long start = System.nanoTime();
        Campaign.Report report = new Campaign(oracle, jobs, (current, outcome) -> progress(oracle, current, outcome)).run(seed, count);
        clearProgress();
        for (Campaign.Failure failure : report.failures()) {
            terminal.println(new FailureReport(oracle, target, out).describe(failure));
            terminal.flush();
        }
        terminal.printf(Locale.ROOT, "%s: %s (%.1f s)%n", target, report, (System.nanoTime() - start) / 1e9);
        terminal.flush();
        return report.failures().isEmpty() ? 0 : 1;
    }

    private void progress(Oracle oracle, long current, Outcome outcome) {
        judged++;
        if (System.console() != null) {
            System.err.printf(Locale.ROOT, "\r\033[K%d of %d, seed %d: %s", judged, count, current,
                    outcome.kind().name().toLowerCase(Locale.ROOT));
        }
        if (outcome.failed()) {
            clearProgress();
            System.err.println("seed " + current + " failed: " + outcome.signature() + "; reproduce with: "
                    + oracle.command(current));
        }
    }

    private static void clearProgress() {
        if (System.console() != null) {
            System.err.print("\r\033[K");
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FuzzCommand()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }
}
