package qcc.ops;

import qcc.tensor.Shape;

/**
 * A trained array of a layer.
 *
 * @param name    the last part of the array's name in a parameter file
 * @param shape   its extents
 * @param role    what it is, which decides how {@code random(seed)} fills it
 * @param fanIn   for weights, the number of products in one output
 * @param summary layout, for the documentation
 */
public record ParameterSpec(String name, Shape shape, Role role, int fanIn, String summary) {

    /** What a parameter is used for. */
    public enum Role {
        WEIGHT, OFFSET, FACTOR, VARIANCE
    }

    public static ParameterSpec weight(String name, Shape shape, int fanIn, String summary) {
        return new ParameterSpec(name, shape, Role.WEIGHT, fanIn, summary);
    }

    /** One number for each of {@code channels} channels. */
    public static ParameterSpec perChannel(String name, Role role, int channels, String summary) {
        return new ParameterSpec(name, Shape.of(channels), role, 1, summary);
    }
}
