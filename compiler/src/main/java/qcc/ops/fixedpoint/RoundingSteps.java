package qcc.ops.fixedpoint;

/** How a product with a {@link QuantizedMultiplier} drops its low bits; both are in use in the field. */
public enum RoundingSteps {
    /** In one step: to nearest, ties upwards. */
    SINGLE,
    /** In two steps, as TFLite's reference kernels do: the high half of the product first, then the shift. */
    DOUBLE
}
