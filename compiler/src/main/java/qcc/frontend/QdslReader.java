package qcc.frontend;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Source;
import qcc.model.Model;
import qcc.model.ModelReader;
import qcc.model.QuantizeSettings;

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

    /**
     * The settings that a text of the form {@code scales dyadic; weights int4} makes of others. Mistakes in it raise
     * {@link qcc.diagnostics.CompilationFailed}. Paths are relative to the working directory.
     *
     * @param shown what the text is called in messages
     */
    public static QuantizeSettings change(QuantizeSettings settings, String text, String shown) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<List<Ast.Setting>> changes = QdslParser.settings(new Source(shown, "quantize { " + text + "\n}"),
                diagnostics);
        diagnostics.throwIfErrors();
        QuantizeReader reader = new QuantizeReader(settings, new SectionReader(Path.of(""), diagnostics), diagnostics);
        QuantizeSettings changed = reader.read(changes.orElseThrow());
        diagnostics.throwIfErrors();
        return changed;
    }

    /** The syntax tree of a file; nothing is returned when an error was reported. */
    public static Optional<Ast.File> parse(Path file, String shown, Diagnostics diagnostics) {
        return SourceReader.read(file, shown, diagnostics)
                .flatMap(source -> QdslParser.parse(source, diagnostics))
                .filter(ast -> !diagnostics.hasErrors());
    }
}
