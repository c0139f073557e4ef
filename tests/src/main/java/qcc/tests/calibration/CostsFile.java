package qcc.tests.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import qcc.target.Installation;

/** A target's own list of costs, {@code targets/NAME/kernel.costs}. */
final class CostsFile {
    private static final String HEAD = """
            # What the kernels' work takes on this core; see targets/README.md for the form of this file.
            # `tests/calibrate --target %s --write` wrote it, with the C compiler that Debian 12 has, at -O2.

            """;

    private final String target;
    private final Path file;

    private CostsFile(String target) {
        this.target = target;
        this.file = Installation.find().home().resolve("targets").resolve(target).resolve("kernel.costs");
    }

    static CostsFile of(String target) {
        return new CostsFile(target);
    }

    /** Adds lines, which take the place of those of the same kernels. */
    void write(List<String> lines) {
        Map<String, String> sorted = new TreeMap<>();
        try {
            List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
            before.stream().filter(line -> line.contains(":") && !line.startsWith("#"))
                    .forEach(line -> sorted.put(line.replaceFirst(":.*", ""), line));
            lines.forEach(line -> sorted.put(line.replaceFirst(":.*", ""), line));
            Files.writeString(file, HEAD.formatted(target) + String.join("\n", sorted.values()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
