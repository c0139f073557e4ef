package qcc.model;

import java.nio.file.Path;
import java.util.Optional;
import qcc.diagnostics.Diagnostics;

/** Reads the model files of one format. */
public interface ModelReader {

    /** The ending of the files' names, with its dot. */
    String extension();

    /**
     * Reads a model; nothing is returned when an error was reported.
     *
     * @param shown the file's name as the user wrote it
     */
    Optional<Model> read(Path file, String shown, Diagnostics diagnostics);
}
