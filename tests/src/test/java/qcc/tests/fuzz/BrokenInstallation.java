package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import qcc.target.Installation;

/** A copy of qcc's own files, with one of them broken on purpose. */
public final class BrokenInstallation {
    private BrokenInstallation() {
    }

    /**
     * Copies the installation and replaces a text that a file must hold exactly once.
     *
     * @param home an empty folder
     * @param path of the file, such as {@code runtime-c/qcc_add.h}
     */
    public static Installation create(Path home, String path, String right, String wrong) throws IOException {
        for (String folder : List.of("runtime-c", "templates", "targets")) {
            copy(Installation.find().home().resolve(folder), home.resolve(folder));
        }
        Path file = home.resolve(path);
        String text = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(text.split(Pattern.quote(right), -1)).as("`%s` in %s", right, path).hasSize(2);
        Files.writeString(file, text.replace(right, wrong), StandardCharsets.UTF_8);
        return new Installation(home);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }
}
