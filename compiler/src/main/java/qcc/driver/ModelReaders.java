package qcc.driver;

import java.util.List;
import java.util.stream.Collectors;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.frontend.QdslReader;
import qcc.importer.tflite.TfliteReader;
import qcc.model.ModelReader;

/** The formats of models, one line each. */
final class ModelReaders {
    private ModelReaders() {
    }

    private static List<ModelReader> all(ModelSettings settings) {
        return List.of(
                new QdslReader(),
                new TfliteReader(settings.tfliteRounding()));
    }

    /** The reader for a file, by the ending of its name. */
    static ModelReader forFile(String name, ModelSettings settings) {
        List<ModelReader> readers = all(settings);
        return readers.stream().filter(reader -> name.endsWith(reader.extension())).findFirst()
                .orElseThrow(() -> new CompilationFailed(Diagnostic.of(Code.E803, Span.wholeFile(name),
                        "the type of this file is not known").help("the names of models end in " + readers.stream()
                                .map(ModelReader::extension).collect(Collectors.joining(", ")))));
    }
}
