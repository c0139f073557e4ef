package qcc.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says in words why a file cannot be read or written. */
public final class Reason {
    /** What {@link #of} says when there is no room. */
    public static final String FULL_DISK = "the disk is full";
    /** What the C library calls ENOSPC, in English, and what Mono does. */
    private static final Pattern NO_SPACE = Pattern.compile("No space left on device|Disk full");
    private static final int PROBE_BYTES = 1 << 16;

    private Reason() {
    }

    /** A clause without a full stop. */
    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "there is no permission to do so";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of the name of a folder";
        }
        if (e instanceof NoSuchFileException) {
            return "the folder it lies in does not exist";
        }
        String said = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        if (said == null) {
            return e.getClass().getSimpleName();
        }
        return tellsOfAFullDisk(said) ? FULL_DISK : said;
    }

    /** Whether a text that a program printed in English has this for its reason. */
    public static boolean tellsOfAFullDisk(String text) {
        return NO_SPACE.matcher(text).find();
    }

    /**
     * Why nothing can be written into a folder, found by trying; empty where that succeeds. It explains afterwards why a
     * program failed that did not say so itself.
     */
    public static Optional<String> notToWriteInto(Path folder) {
        Path probe = folder.resolve("probe");
        try {
            Files.write(probe, new byte[PROBE_BYTES]);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(of(e));
        } finally {
            probe.toFile().delete();
        }
    }
}
