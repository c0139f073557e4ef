package qcc.quant;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyException;
import qcc.numpy.NumpyFile;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** Reads samples from a NumPy file: for each input an array [samples, extents of the input...] of its name. */
public final class SampleReader {
    private final Graph graph;
    private final String file;
    private final Span span;

    private SampleReader(Graph graph, String file, Span span) {
        this.graph = graph;
        this.file = file;
        this.span = span;
    }

    /**
     * Reads all samples; {@link CompilationFailed} says what is wrong with the file.
     *
     * @param shown the file's name for messages
     * @param span  the place that names the file
     */
    public static Samples read(Graph graph, Path path, String shown, Span span) {
        SampleReader reader = new SampleReader(graph, shown, span);
        try {
            return reader.samples(NumpyFile.read(path));
        } catch (NumpyException e) {
            throw reader.failure(Diagnostic.of(e.code(), span, shown + ": " + e.getMessage()));
        }
    }

    private Samples samples(NumpyArchive archive) {
        List<NumpyArray> arrays = new ArrayList<>();
        for (Input input : graph.inputs()) {
            arrays.add(arrayFor(input, archive));
        }
        int count = arrays.get(0).shape()[0];
        for (NumpyArray array : arrays) {
            count = Math.min(count, array.shape()[0]);
        }
        if (count == 0) {
            throw failure(Diagnostic.of(Code.E503, span, file + " holds no samples"));
        }
        List<List<FloatTensor>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<FloatTensor> sample = new ArrayList<>();
            for (int k = 0; k < arrays.size(); k++) {
                sample.add(slice(arrays.get(k), i, graph.inputs().get(k).value().shape()));
            }
            all.add(sample);
        }
        return new Samples(all);
    }

    private NumpyArray arrayFor(Input input, NumpyArchive archive) {
        String name = input.value().name();
        Optional<NumpyArray> found = archive.find(name);
        if (found.isEmpty() && archive.names().size() == 1 && graph.inputs().size() == 1) {
            found = archive.find(archive.names().iterator().next());
        }
        NumpyArray array = found.orElseThrow(() -> failure(
                Diagnostic.of(Code.E403, span, file + " holds no array `" + name + "` for the input of that name")
                        .help("the arrays in it are " + String.join(", ", archive.names()))));
        int[] shape = array.shape();
        Shape expected = input.value().shape();
        // Samples may have a batch of one each, as frameworks write them.
        int extents = shape.length == expected.rank() + 2 && shape[1] == 1 ? 2 : 1;
        boolean fits = shape.length == expected.rank() + extents
                && expected.equals(Shape.of(Arrays.copyOfRange(shape, extents, shape.length)));
        if (!fits) {
            throw failure(Diagnostic.of(Code.E404, span, file + ": the samples for input `" + name + "` have the shape "
                    + array.shapeText()).because("samples, then the extents of the input " + expected
                    + " are needed"));
        }
        if (!array.isFinite()) {
            throw failure(Diagnostic.of(Code.E406, span, file + ": the samples for input `" + name
                    + "` hold NaN or infinite values"));
        }
        return array;
    }

    private static FloatTensor slice(NumpyArray array, int index, Shape shape) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int k = 0; k < tensor.size(); k++) {
            tensor.set(k, array.getDouble(index * tensor.size() + k));
        }
        return tensor;
    }

    private CompilationFailed failure(Diagnostic diagnostic) {
        return new CompilationFailed(diagnostic);
    }
}
