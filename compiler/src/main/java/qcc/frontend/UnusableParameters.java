package qcc.frontend;

import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.ops.ParameterSpec;
import qcc.tensor.FloatTensor;

/** A source that could not be read: whoever looks for an array in it gets the one diagnostic that says so. */
record UnusableParameters(Diagnostic diagnostic) implements ParameterSource {

    @Override
    public Optional<FloatTensor> find(String name, ParameterSpec spec, Span layer) throws Unusable {
        throw new Unusable(diagnostic);
    }

    @Override
    public List<String> names() {
        return List.of();
    }
}
