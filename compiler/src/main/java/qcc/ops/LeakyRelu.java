package qcc.ops;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import qcc.ops.attributes.Attribute;

/** Rectified linear unit with a slope for negative values. */
public final class LeakyRelu extends ElementFunction<LeakyRelu.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "slope for negative values", fallback = "0.1") double alpha) {
    }

    public LeakyRelu() {
        super("leaky_relu", "x where x >= 0, alpha * x elsewhere", Attributes.class);
    }

    @Override
    public boolean scalesWithInput() {
        return true;
    }

    @Override
    protected DoubleUnaryOperator function(Attributes a) {
        return x -> x >= 0 ? x : a.alpha() * x;
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "leaky_relu"),
                Example.of("[6, 6, 2]", "conv2d(filters = 4, kernel = 3) |> leaky_relu(alpha = 0.25)"));
    }
}
