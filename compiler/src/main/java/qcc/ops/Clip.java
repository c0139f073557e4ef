package qcc.ops;

import java.util.List;
import qcc.ir.Interval;
import qcc.ops.attributes.Attribute;
import qcc.tensor.Shape;

/** Limits every element to an interval. */
public final class Clip extends ClampFunction<Clip.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute("smallest result") double min,
            @Attribute("largest result") double max) {
    }

    public Clip() {
        super("clip", "min(max(x, min), max)", Attributes.class);
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        if (!(a.min() <= a.max())) {
            throw ShapeException.ofArgument("min = " + a.min() + " is above max = " + a.max(), "exchange them");
        }
        return inputs.get(0);
    }

    @Override
    public Interval bounds(Attributes a) {
        return new Interval(a.min(), a.max());
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[4, 5, 3]", "clip(min = -1, max = 1.5)"),
                Example.of("[10]", "dense(8) |> clip(min = 0.25, max = 2)"));
    }
}
