package qcc.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyException;
import qcc.numpy.NumpyFile;

/** Reads the right class of each sample from a NumPy file. */
public final class Labels {
    private static final List<String> NAMES = List.of("label", "labels", "y");

    private Labels() {
    }

    /** The array {@code label}, {@code labels} or {@code y}; empty if the file has none of them. */
    public static List<Integer> read(Path file, int samples) {
        try {
            NumpyArchive archive = NumpyFile.read(file);
            Optional<NumpyArray> array = NAMES.stream().flatMap(name -> archive.find(name).stream()).findFirst();
            List<Integer> labels = new ArrayList<>();
            if (array.isEmpty()) {
                return labels;
            }
            if (array.get().size() != samples) {
                throw failure(Code.E404, file, "there are " + array.get().size() + " labels for " + samples
                        + " samples", "label i is the class of sample i");
            }
            if (array.get().type().isFloatingPoint()) {
                throw failure(Code.E405, file, "the labels are of type " + array.get().type().numpyName(),
                        "classes are whole numbers; save `labels.astype(numpy.int32)`");
            }
            for (int label : array.get().toInts()) {
                labels.add(label);
            }
            return labels;
        } catch (NumpyException e) {
            throw new CompilationFailed(e.diagnostic(Span.wholeFile(file.toString()), file.toString()));
        }
    }

    private static CompilationFailed failure(Code code, Path file, String message, String help) {
        return new CompilationFailed(Diagnostic.of(code, Span.wholeFile(file.toString()), message).help(help));
    }
}
