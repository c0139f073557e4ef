package qcc.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import qcc.target.Installation;

/** The instruction counts that are expected: {@code tests/golden/benchmark.txt}, a line for each case. */
final class Expectations {
    private static final String HEAD = "# Instructions of the whole call of the run function, by target, level of the "
            + "C compiler and model.\n# Exact, for the compiler that Debian 12 has; `tests/benchmark --bless` rewrites "
            + "them.\n";

    private final Path file = Installation.find().home().resolve("tests/golden/benchmark.txt");
    private final Map<String, Long> counts = new TreeMap<>();

    Expectations() {
        try {
            for (String line : Files.exists(file) ? Files.readString(file).split("\n") : new String[0]) {
                int end = line.lastIndexOf(' ');
                if (!line.startsWith("#") && end > 0) {
                    counts.put(line.substring(0, end).stripTrailing(), Long.parseLong(line.substring(end + 1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Long> find(BenchmarkCase which) {
        return Optional.ofNullable(counts.get(which.toString()));
    }

    void put(BenchmarkCase which, long instructions) {
        counts.put(which.toString(), instructions);
    }

    void write() {
        StringBuilder text = new StringBuilder(HEAD);
        counts.forEach((name, count) -> text.append(String.format(Locale.ROOT, "%-45s %10d%n", name, count)));
        try {
            Files.writeString(file, text.toString().replace(System.lineSeparator(), "\n"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
