package qcc.tests.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a person needs to look into a failure: the command that repeats it, and the smallest network that fails. */
final class FailureReport {
    private static final int SHRINK_BUDGET = 250;

    private final Oracle oracle;
    private final String target;
    private final Path folder;

    /**
     * @param target that the networks were compiled for
     * @param folder that models are written to
     */
    FailureReport(Oracle oracle, String target, Path folder) {
        this.oracle = oracle;
        this.target = target;
        this.folder = folder;
    }

    /** Shrinks the network, writes it as a file, and describes both. */
    String describe(Campaign.Failure failure) {
        Network network = NetworkGenerator.network(failure.seed());
        Network small = new Shrinker(oracle::judge, SHRINK_BUDGET).shrink(network, failure.outcome());
        String name = "seed-" + failure.seed() + "-" + target;
        write(name + ".qdsl", network.text());
        Path file = write(name + ".min.qdsl", small.text());
        String message = small.equals(network) ? failure.outcome().message() : oracle.judge(small.text()).message();
        return String.format(Locale.ROOT, "seed %d failed: %s%n%s%nreproduce with: %s%nshrunk from %d layers to %d, %s:%n%n%s",
                failure.seed(), failure.outcome().signature(), message, oracle.command(failure.seed()),
                network.layers(), small.layers(), file, small.text());
    }

    private Path write(String name, String text) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
