package qcc.frontend;

import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Span;
import qcc.ops.ParameterSpec;
import qcc.tensor.FloatTensor;

/** Arrays of zeros, of any name. */
record ZeroParameters() implements ParameterSource {

    @Override
    public Optional<FloatTensor> find(String name, ParameterSpec spec, Span layer) {
        return Optional.of(FloatTensor.zeros(spec.shape()));
    }

    @Override
    public List<String> names() {
        return List.of();
    }
}
