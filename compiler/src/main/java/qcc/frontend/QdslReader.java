package qcc.frontend;

import java.nio.file.Path;
import java.util.Optional;
import qcc.diagnostics.Diagnostics;
import qcc.model.Model;
import qcc.model.ModelReader;

/** Models in QDSL. */
public final class QdslReader implements ModelReader {
    public static final String EXTENSION = ".qdsl";

    @Override
    public String extension() {
        return EXTENSION;
    }

    @Override
    public Optional<Model> read(Path file, String shown, Diagnostics diagnostics) {
        return parse(file, shown, diagnostics)
                .flatMap(ast -> Elaborator.elaborate(ast, file.toAbsolutePath().getParent(), diagnostics));
    }

    /** The syntax tree of a file; nothing is returned when an error was reported. */
    public static Optional<Ast.File> parse(Path file, String shown, Diagnostics diagnostics) {
        return SourceReader.read(file, shown, diagnostics)
                .flatMap(source -> QdslParser.parse(source, diagnostics))
                .filter(ast -> !diagnostics.hasErrors());
    }
}
