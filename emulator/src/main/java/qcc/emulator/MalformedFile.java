package qcc.emulator;

/** A file that a tool wrote does not have the structure it must have. */
public final class MalformedFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedFile(String file, String problem) {
        super(file + ": " + problem);
    }
}
