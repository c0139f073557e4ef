package qcc.frontend;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Span;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyException;
import qcc.numpy.NumpyFile;
import qcc.ops.ParameterSpec;
import qcc.tensor.FloatTensor;

/**
 * Arrays that a layer names by a file of their own: {@code dense(10, weight = "fc.npy")}.
 *
 * @param folder the model's folder, against which paths are resolved
 */
record SingleArrays(Path folder) implements ParameterSource {
    private static final String EXTENSION = ".npy";

    @Override
    public Optional<FloatTensor> find(String name, ParameterSpec spec, Span layer) throws Unusable {
        if (!name.endsWith(EXTENSION)) {
            return Optional.empty();
        }
        try {
            NumpyArchive archive = NumpyFile.read(folder.resolve(name));
            return Optional.of(ParameterFile.tensor(archive.find(NumpyArchive.UNNAMED).orElseThrow(), name, spec,
                    layer));
        } catch (NumpyException e) {
            throw new Unusable(e.diagnostic(layer, name));
        }
    }

    @Override
    public List<String> names() {
        return List.of();
    }
}
