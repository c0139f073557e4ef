package qcc.driver;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
        return guarded(file, () -> named(NumpyFile.read(file)).map(array -> of(array, file, samples)).orElse(List.of()));
    }

    /** The same from a file that holds labels; it may also be the only array of the file, whatever its name. */
    public static List<Integer> readOwn(Path file, int samples) {
        return guarded(file, () -> {
            NumpyArchive archive = NumpyFile.read(file);
            Optional<NumpyArray> only = archive.names().size() == 1 ? archive.find(archive.names().iterator().next())
                    : Optional.empty();
            return of(named(archive).or(() -> only).orElseThrow(() -> failure(Code.E403, file,
                    "there is no array `label`", "the arrays are " + String.join(", ", archive.names()))), file,
                    samples);
        });
    }

    private static List<Integer> guarded(Path file, Supplier<List<Integer>> reading) {
        try {
            return reading.get();
        } catch (NumpyException e) {
            throw new CompilationFailed(e.diagnostic(Span.wholeFile(file.toString()), file.toString()));
        }
    }

    private static Optional<NumpyArray> named(NumpyArchive archive) {
        return NAMES.stream().flatMap(name -> archive.find(name).stream()).findFirst();
    }

    private static List<Integer> of(NumpyArray array, Path file, int samples) {
        if (array.size() != samples) {
            throw failure(Code.E404, file, "there are " + array.size() + " labels for " + samples + " samples",
                    "label i is the class of sample i");
        }
        if (array.type().isFloatingPoint()) {
            throw failure(Code.E405, file, "the labels are of type " + array.type().numpyName(),
                    "classes are whole numbers; save `labels.astype(numpy.int32)`");
        }
        return Arrays.stream(array.toInts()).boxed().toList();
    }

    private static CompilationFailed failure(Code code, Path file, String message, String help) {
        return new CompilationFailed(Diagnostic.of(code, Span.wholeFile(file.toString()), message).help(help));
    }
}
