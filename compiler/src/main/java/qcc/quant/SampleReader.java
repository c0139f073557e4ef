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
            throw new CompilationFailed(e.diagnostic(span, shown));
        }
    }

    private Samples samples(NumpyArchive archive) {
        List<NumpyArray> arrays = new ArrayList<>();
        for (Input input : graph.inputs()) {
            arrays.add(arrayFor(input, archive));
        }
        int count = arrays.get(0).shape()[0];
        if (count == 0) {
            throw new CompilationFailed(Diagnostic.of(Code.E503, span, file + " holds no samples")
                    .because("the first axis of an array counts the samples, and it is 0 long")
                    .help("some dozens of typical inputs are enough"));
        }
        requireSameCount(arrays, count);
        Samples.requireSpace(graph, count, span);
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

    private void requireSameCount(List<NumpyArray> arrays, int count) {
        for (int i = 0; i < arrays.size(); i++) {
            if (arrays.get(i).shape()[0] != count) {
                throw new CompilationFailed(Diagnostic.of(Code.E404, span, file + " holds " + count
                        + " samples for input `" + graph.inputs().get(0).value().name() + "`, but "
                        + arrays.get(i).shape()[0] + " for input `" + graph.inputs().get(i).value().name() + "`")
                        .help("sample i is made of the element i of every array, so they need the same length"));
            }
        }
    }

    /** For the only input: the only array, or the only one with an axis for samples and more, as labels have not. */
    private static Optional<NumpyArray> onlyCandidate(NumpyArchive archive) {
        List<NumpyArray> arrays = archive.names().stream().flatMap(name -> archive.find(name).stream()).toList();
        List<NumpyArray> samples = arrays.size() == 1 ? arrays
                : arrays.stream().filter(array -> array.shape().length > 1).toList();
        return samples.size() == 1 ? Optional.of(samples.get(0)) : Optional.empty();
    }

    private NumpyArray arrayFor(Input input, NumpyArchive archive) {
        String name = input.value().name();
        Optional<NumpyArray> found = archive.find(name);
        if (found.isEmpty() && graph.inputs().size() == 1) {
            found = onlyCandidate(archive);
        }
        NumpyArray array = found.orElseThrow(() -> new CompilationFailed(
                Diagnostic.of(Code.E403, span, file + " holds no array `" + name + "` for the input of that name")
                        .help("the arrays in it are " + String.join(", ", archive.names()))));
        int[] shape = array.shape();
        Shape expected = input.value().shape();
        // Samples may have a batch of one each, as frameworks write them.
        int extents = shape.length == expected.rank() + 2 && shape[1] == 1 ? 2 : 1;
        boolean fits = shape.length == expected.rank() + extents
                && expected.equals(Shape.of(Arrays.copyOfRange(shape, extents, shape.length)));
        if (!fits) {
            throw new CompilationFailed(Diagnostic.of(Code.E404, span, file + ": the samples for input `" + name
                    + "` have the shape " + array.shapeText())
                    .because("the input has the shape " + expected)
                    .help("the first axis counts the samples, the others are those of the input"));
        }
        if (!array.isFinite()) {
            throw new CompilationFailed(Diagnostic.of(Code.E406, span, file + ": the samples for input `" + name
                    + "` hold NaN or infinite values").help("remove the samples that are broken"));
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
}
