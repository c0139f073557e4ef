package qcc.ops;

import java.util.List;

/**
 * A use of an operator in QDSL, shown by {@code qcc ops NAME} and run by the conformance suite through the
 * interpreters, the host build and the emulators.
 *
 * @param inputs     declarations such as {@code x: [8, 8, 3] in [-1, 1]}
 * @param expression computes the result from the inputs
 */
public record Example(List<String> inputs, String expression) {
    public Example {
        inputs = List.copyOf(inputs);
    }

    /** An example with the single input {@code x} of the given shape and the values -2 to 2. */
    public static Example of(String shape, String stages) {
        return new Example(List.of("x: " + shape + " in [-2, 2]"), "x |> " + stages);
    }

    /** An example with the inputs {@code a} and {@code b}, whose ranges differ. */
    public static Example ofTwo(String shapeA, String shapeB, String expression) {
        return new Example(List.of("a: " + shapeA + " in [-2, 2]", "b: " + shapeB + " in [0, 5]"), expression);
    }

    /** A complete model with random parameters. */
    public String model(String scales) {
        return """
                model example(%s) -> result {
                    result = %s
                }

                parameters random(1)

                quantize {
                    scales %s
                    calibrate random(2)
                }
                """.formatted(String.join(", ", inputs), expression, scales);
    }
}
