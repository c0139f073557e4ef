package qcc.importer.tflite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.model.Model;
import qcc.model.ModelReader;
import qcc.model.QuantizeSettings;
import qcc.ops.fixedpoint.RoundingSteps;

/** Models of TensorFlow Lite. */
public final class TfliteReader implements ModelReader {
    public static final String EXTENSION = ".tflite";

    private final RoundingSteps steps;

    /**
     * A reader for models that round as a build of TFLite does.
     *
     * @param steps of int8 models; the reference kernels use two
     */
    public TfliteReader(RoundingSteps steps) {
        this.steps = steps;
    }

    @Override
    public String extension() {
        return EXTENSION;
    }

    @Override
    public Optional<Model> read(Path file, String shown, Diagnostics diagnostics) {
        Span span = Span.wholeFile(shown);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(FileReader.MAX_BYTES + 1);
        } catch (IOException e) {
            diagnostics.report(Diagnostic.of(Code.E401, span, e instanceof NoSuchFileException
                    ? "the file does not exist" : Files.isDirectory(file) ? "this is a folder, not a file"
                    : "the file cannot be read"));
            return Optional.empty();
        }
        return read(bytes, modelName(shown), span, diagnostics)
                .map(graph -> new Model(graph, QuantizeSettings.DEFAULT, span));
    }

    /**
     * Reads the bytes of a model; nothing is returned when an error was reported.
     *
     * @param name of the graph
     */
    Optional<Graph> read(byte[] bytes, String name, Span span, Diagnostics diagnostics) {
        try {
            if (bytes.length > FileReader.MAX_BYTES) {
                throw new MalformedModel("it is larger than " + (FileReader.MAX_BYTES >> 20)
                        + " MiB, and no microcontroller holds it");
            }
            Graph graph = new GraphImporter(FileReader.read(bytes), steps, span, diagnostics).read(name);
            return diagnostics.hasErrors() ? Optional.empty() : Optional.of(graph);
        } catch (MalformedModel e) {
            diagnostics.report(Diagnostic.of(Code.E901, span, "this is no valid TFLite model: " + e.getMessage())
                    .help("export it again, or check it with the format's own tools"));
            return Optional.empty();
        }
    }

    private static String modelName(String shown) {
        String file = Path.of(shown).getFileName().toString();
        String stem = file.endsWith(EXTENSION) ? file.substring(0, file.length() - EXTENSION.length()) : file;
        String name = stem.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^[^A-Za-z]+|_+$", "");
        return name.isEmpty() ? "model" : name;
    }
}
