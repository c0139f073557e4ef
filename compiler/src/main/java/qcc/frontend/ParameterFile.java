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
    /** From PyTorch's layouts, output channels first, to those of QDSL: dense layers, convolutions. */
    private static final List<List<Integer>> TRANSPOSITIONS = List.of(List.of(1, 0), List.of(2, 3, 1, 0));

    @Override
    public Optional<FloatTensor> find(String name, ParameterSpec spec, Span layer) throws Unusable {
        try {
            Optional<NumpyArray> found = archive.find(name);
            return found.isEmpty() ? Optional.empty()
                    : Optional.of(tensor(found.get(), "array `" + name + "` in " + shown, spec, layer));
        } catch (NumpyException e) {
            throw new Unusable(e.diagnostic(layer, shown));
        }
    }

    /**
     * The array as a parameter.
     *
     * @param what  how messages call it
     * @param layer the place that needs it
     */
    static FloatTensor tensor(NumpyArray array, String what, ParameterSpec spec, Span layer) throws Unusable {
        if (array.shape().length == 0 || !Shape.of(array.shape()).equals(spec.shape())) {
            throw new Unusable(wrongShape(array, what, spec, layer));
        }
        if (!array.isFinite()) {
            throw new Unusable(Diagnostic.of(Code.E406, layer, what + " holds NaN or infinite values")
                    .help("the training has diverged, or the export went wrong"));
        }
        FloatTensor tensor = new FloatTensor(spec.shape(), array.toFloats());
        for (int i = 0; spec.role() == ParameterSpec.Role.VARIANCE && i < tensor.size(); i++) {
            if (tensor.get(i) < 0) {
                throw new Unusable(Diagnostic.of(Code.E406, layer, what + " holds the variance " + tensor.get(i)
                        + " at element " + i)
                        .because("a variance is never negative")
                        .help("check that mean and variance were not exchanged"));
            }
        }
        return tensor;
    }

    private static Diagnostic wrongShape(NumpyArray array, String what, ParameterSpec spec, Span layer) {
        Diagnostic diagnostic = Diagnostic.of(Code.E404, layer, what + " has the shape " + array.shapeText()
                + ", the layer needs " + spec.shape())
                .because("the layout of `" + spec.name() + "` is " + spec.summary());
        return TRANSPOSITIONS.stream().filter(order -> gives(order, array.shape(), spec.shape())).findFirst()
                .map(order -> diagnostic.help("the axes are in another order, as PyTorch has them; save "
                        + "`numpy.transpose(array, " + order + ")`"))
                .orElseGet(() -> diagnostic.help("check the arguments of the layer, or name another array with `"
                        + spec.name() + " = \"...\"`"));
    }

    private static boolean gives(List<Integer> order, int[] shape, Shape wanted) {
        return shape.length == order.size() && Shape.of(order.stream().mapToInt(axis -> shape[axis]).toArray())
                .equals(wanted);
    }

    @Override
    public Optional<NumpyArray> array(String name) {
        return archive.find(name);
    }

    @Override
    public List<String> names() {
        return archive.names().stream().sorted().toList();
    }
}
