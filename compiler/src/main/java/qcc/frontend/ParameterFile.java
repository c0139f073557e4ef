package qcc.frontend;

import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyException;
import qcc.ops.ParameterSpec;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * Parameters from a NumPy archive.
 *
 * @param shown   the file's name for messages
 * @param archive its arrays
 */
record ParameterFile(String shown, NumpyArchive archive) implements ParameterSource {

    @Override
    public Optional<FloatTensor> find(String name, ParameterSpec spec, Span layer) throws Unusable {
        Optional<NumpyArray> found;
        try {
            found = archive.find(name);
        } catch (NumpyException e) {
            throw new Unusable(Diagnostic.of(e.code(), layer, shown + ": " + e.getMessage()));
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        NumpyArray array = found.get();
        if (array.shape().length == 0 || !Shape.of(array.shape()).equals(spec.shape())) {
            throw new Unusable(Diagnostic.of(Code.E404, layer, "array `" + name + "` in " + shown + " has the shape "
                    + array.shapeText() + ", the layer needs " + spec.shape())
                    .because("the layout of `" + spec.name() + "` is " + spec.summary()));
        }
        if (!array.isFinite()) {
            throw new Unusable(Diagnostic.of(Code.E406, layer, "array `" + name + "` in " + shown
                    + " holds NaN or infinite values")
                    .help("the training has diverged, or the export went wrong"));
        }
        FloatTensor tensor = new FloatTensor(spec.shape(), array.toFloats());
        if (spec.role() == ParameterSpec.Role.VARIANCE) {
            requireNotNegative(name, tensor, layer);
        }
        return Optional.of(tensor);
    }

    @Override
    public Optional<NumpyArray> array(String name) {
        return archive.find(name);
    }

    private void requireNotNegative(String name, FloatTensor tensor, Span layer) throws Unusable {
        for (int i = 0; i < tensor.size(); i++) {
            if (tensor.get(i) < 0) {
                throw new Unusable(Diagnostic.of(Code.E406, layer, "array `" + name + "` in " + shown
                        + " holds the variance " + tensor.get(i) + " at element " + i)
                        .because("a variance is never negative"));
            }
        }
    }

    @Override
    public List<String> names() {
        return archive.names().stream().sorted().toList();
    }
}
