package qcc.frontend;

import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.numpy.NumpyArray;
import qcc.ops.ParameterSpec;
import qcc.tensor.FloatTensor;

/** Where the trained arrays of a model come from. */
interface ParameterSource {

    /** The array of the given name; nothing if this source has none. Problems with a found array are thrown. */
    Optional<FloatTensor> find(String name, ParameterSpec spec, Span layer) throws Unusable;

    /** The array of the given name as the file has it; nothing if this source has none, or makes up its arrays. */
    default Optional<NumpyArray> array(String name) {
        return Optional.empty();
    }

    /** The names of all arrays, for suggestions; empty when the source makes up any array. */
    List<String> names();

    /** A source, or an array in it, exists but cannot be used. */
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Diagnostic diagnostic;

        Unusable(Diagnostic diagnostic) {
            super(diagnostic.message());
            this.diagnostic = diagnostic;
        }

        Diagnostic diagnostic() {
            return diagnostic;
        }
    }
}
