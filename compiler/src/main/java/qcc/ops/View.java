package qcc.ops;

import java.util.List;
import java.util.OptionalInt;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * The same elements in the same order under another shape. It costs nothing: the planner gives both one place.
 *
 * @param geometry the kernel's literals
 * @param shape    of the result
 */
public record View(Geometry geometry, Shape shape) implements PointwiseOperation {

    /** The number of elements. */
    public record Geometry(int n) {
    }

    public static View of(Shape shape) {
        return new View(new Geometry(shape.size()), shape);
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        return inputs.get(0).reshape(shape);
    }

    @Override
    public KnownChannels knownChannels(List<KnownChannels> inputs) {
        KnownChannels x = inputs.get(0);
        int period = Math.min(x.size(), shape.last());
        if (x.size() % period != 0 || shape.last() % period != 0) {
            return KnownChannels.none(shape.last());
        }
        return KnownChannels.of(shape.last(), c -> {
            OptionalInt value = x.find(c % x.size());
            for (int i = c % period; i < x.size(); i += period) {
                if (!x.find(i).equals(value)) {
                    return OptionalInt.empty();
                }
            }
            return value;
        });
    }

    @Override
    public View prune(ChannelFlow flow) {
        return of(shape.withLast(flow.output().cardinality()));
    }

    @Override
    public boolean isView() {
        return true;
    }

    @Override
    public String mnemonic() {
        return "view";
    }

    @Override
    public String describe() {
        return "";
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return shape;
    }
}
