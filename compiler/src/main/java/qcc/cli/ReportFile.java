package qcc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.files.Reason;
import qcc.files.WholeFile;

/** A report that a user wants in a file. */
final class ReportFile {
    private ReportFile() {
    }

    /** Refuses files that cannot be written before the work begins, not after it; absent ones are null. */
    static void requireFolders(Path... files) {
        Stream.of(files).filter(file -> file != null).forEach(file -> {
            if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
                throw failure(file, "the folder it lies in does not exist", "make the folder first");
            }
            if (Files.isDirectory(file)) {
                throw failure(file, "there is a folder of this name", "name a file in it");
            }
        });
    }

    /** Writes the text. */
    static void write(Path file, String text) {
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw failure(file, Reason.of(e), "name another file");
        }
    }

    private static CompilationFailed failure(Path file, String reason, String help) {
        return new CompilationFailed(Diagnostic.of(Code.E801, Span.wholeFile(file.toString()),
                "the report cannot be written: " + reason).help(help));
    }
}
