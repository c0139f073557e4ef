package qcc.ops.given;

import java.util.Optional;
import qcc.ops.attributes.Attribute;
import qcc.tensor.Shape;

/** The arguments that every layer of a quantised network takes beside its operator's own. */
public record GivenOptions(
        @Attribute(value = "smallest and largest integer of the result", min = -128, max = 127)
        Optional<Shape> clamp) {

    public static final GivenOptions NONE = of(-128, 127);

    /** The options for bounds of the result; the whole range of int8 needs no words. */
    public static GivenOptions of(int low, int high) {
        return new GivenOptions(low == -128 && high == 127 ? Optional.empty() : Optional.of(Shape.of(low, high)));
    }

    /** True when the bounds, if there are any, are two integers in order. */
    public boolean isSound() {
        return clamp.isEmpty() || clamp.get().rank() == 2 && low() <= high();
    }

    public int low() {
        return clamp.map(bounds -> bounds.dim(0)).orElse(-128);
    }

    public int high() {
        return clamp.map(bounds -> bounds.dim(1)).orElse(127);
    }
}
