package qcc.ops.given;

import java.util.List;
import qcc.ops.Constant;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The integer arrays of one layer. */
public interface GivenArrays {

    /** True when there is an array of this name. */
    boolean has(String name);

    /**
     * An array that the layer must have.
     *
     * @param type   the values' range
     * @param shapes of which the array has one
     * @throws GivenException if there is none, or it does not fit
     */
    IntTensor get(String name, Constant.CType type, List<Shape> shapes);

    /** An array with one value, or one for each channel. */
    default IntTensor perChannel(String name, Constant.CType type, int channels) {
        return get(name, type, List.of(Shape.of(1), Shape.of(channels)));
    }

    /** A single value. */
    default int one(String name, Constant.CType type) {
        return get(name, type, List.of(Shape.of(1))).get(0);
    }
}
