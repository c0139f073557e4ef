package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import qcc.ops.attributes.Attribute;
import qcc.tensor.Shape;

/** Gives a tensor another shape of the same size, in row-major order. */
public final class Reshape extends ReshapingOperator<Reshape.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "the new extents; one of them may be -1 and is then computed", min = -1,
                    max = 1 << 26) Shape shape) {
    }

    public Reshape() {
        super("reshape", "gives a tensor another shape", Attributes.class);
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        int size = inputs.get(0).size();
        List<Integer> dims = new ArrayList<>(a.shape().dims());
        long known = dims.stream().filter(d -> d != -1).mapToLong(d -> d).reduce(1, (p, d) -> Math.min(p * d, 1L << 40));
        int open = dims.indexOf(-1);
        if (open >= 0 && known > 0 && size % known == 0) {
            dims.set(open, (int) (size / known));
        }
        Shape shape = new Shape(dims);
        if (!shape.isReasonable() || shape.rank() > 4 || shape.size() != size) {
            throw new ShapeException("shape " + inputs.get(0) + " with " + size + " elements cannot become "
                    + a.shape(), "the number of elements must stay the same");
        }
        return shape;
    }

    @Override
    public List<Example> examples() {
        return List.of(Example.of("[24]", "reshape(shape = [2, 3, 4]) |> conv2d(filters = 2, kernel = 2)"),
                Example.of("[4, 5, 3]", "reshape(shape = [10, -1])"));
    }
}
