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
import qcc.ops.fixedpoint.RoundingSteps;

/** The formats of models, one line each. */
final class ModelReaders {
    private static final List<ModelReader> ALL = List.of(
            new QdslReader(),
            new TfliteReader(RoundingSteps.DOUBLE));

    private ModelReaders() {
    }

    /** The reader for a file, by the ending of its name. */
    static ModelReader forFile(String name) {
        return ALL.stream().filter(reader -> name.endsWith(reader.extension())).findFirst()
                .orElseThrow(() -> new CompilationFailed(Diagnostic.of(Code.E803, Span.wholeFile(name),
                        "the type of this file is not known").help("the names of models end in " + ALL.stream()
                                .map(ModelReader::extension).collect(Collectors.joining(", ")))));
    }
}
