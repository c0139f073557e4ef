package qcc.frontend;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import qcc.diagnostics.Span;
import qcc.ops.ParameterSpec;
import qcc.tensor.FloatTensor;

/** Parameters for prototypes: each array depends only on the seed and its own name. */
record RandomParameters(long seed) implements ParameterSource {

    @Override
    public Optional<FloatTensor> find(String name, ParameterSpec spec, Span layer) {
        Random random = new Random(seed * 1_000_003 + name.hashCode());
        FloatTensor tensor = FloatTensor.zeros(spec.shape());
        for (int i = 0; i < tensor.size(); i++) {
            double unit = random.nextDouble();
            tensor.set(i, switch (spec.role()) {
                case WEIGHT -> (2 * unit - 1) * Math.sqrt(3.0 / spec.fanIn());
                case OFFSET -> unit - 0.5;
                case FACTOR, VARIANCE -> unit + 0.5;
            });
        }
        return Optional.of(tensor);
    }

    @Override
    public List<String> names() {
        return List.of();
    }
}
