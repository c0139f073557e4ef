package qcc.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text file that is written as a whole or not at all. */
public final class WholeFile {
    private WholeFile() {
    }

    /**
     * Writes a text as UTF-8 beside the file and then moves it into its place, so that a full disk costs nobody what was
     * there before. What is no ordinary file, such as {@code /dev/stdout}, is written to directly.
     */
    public static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return;
        }
        Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(place) && !Files.isWritable(place)) {
            throw new AccessDeniedException(file.toString());
        }
        Path beside = place.resolveSibling("." + place.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(beside, text, StandardCharsets.UTF_8);
            Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
