package qcc.tests.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import qcc.target.Installation;

/** What was counted last for a target, in files under {@code tests/target/calibration/}: a line for each layer. */
final class CountsFile {
    /** The part with the layers of models. */
    static final String MODELS = "models";

    private final Path folder;

    CountsFile(String name) {
        folder = Installation.find().home().resolve("tests/target/calibration").resolve(name);
    }

    /** Of one kernel, alone and in models. */
    List<Counted> of(String kernel) {
        return Stream.concat(read(kernel), read(MODELS).filter(count -> count.kernel().equals(kernel))).toList();
    }

    /** Takes the place of a part, which is named after the kernel that was measured. */
    void put(List<Counted> counts, String part) {
        try {
            Files.createDirectories(folder);
            Files.write(file(part), counts.stream().map(Counted::toString).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String part) {
        return folder.resolve(part + ".txt");
    }

    private Stream<Counted> read(String part) {
        try {
            return Files.exists(file(part)) ? Files.readAllLines(file(part)).stream().map(Counted::parse) : Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
