package qcc.ops;

import java.util.List;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * An operator on the elements of two tensors. The second operand may be smaller: without leading ones, its shape must
 * be the end of the first one's, and it is repeated; so a [c] vector applies to the channels of an image.
 */
public abstract class BinaryOperator extends Operator<NoAttributes> {

    protected BinaryOperator(String name, String summary) {
        super(name, summary, NoAttributes.class);
    }

    /** The function of two elements. */
    protected abstract double apply(double a, double b);

    @Override
    public final Arity arity() {
        return Arity.TWO;
    }

    @Override
    public final Shape infer(NoAttributes attributes, List<Shape> inputs) {
        Shape a = inputs.get(0);
        List<Integer> b = inputs.get(1).dims();
        while (!b.isEmpty() && b.get(0) == 1) {
            b = b.subList(1, b.size());
        }
        if (b.size() > a.rank() || !a.dims().subList(a.rank() - b.size(), a.rank()).equals(b)) {
            throw new ShapeException("shapes " + a + " and " + inputs.get(1) + " do not fit together",
                    "the second tensor must have the shape of the first, or its last extents, such as [channels]");
        }
        return a;
    }

    @Override
    public final FloatTensor evaluate(Layer<NoAttributes> layer, List<FloatTensor> inputs) {
        FloatTensor result = inputs.get(0).copy();
        FloatTensor second = inputs.get(1);
        for (int i = 0; i < result.size(); i++) {
            result.set(i, apply(result.get(i), second.get(i % second.size())));
        }
        return result;
    }

    @Override
    public final boolean takesInt16(NoAttributes attributes) {
        return true;
    }

    @Override
    public final boolean fusesClamp() {
        return true;
    }

    /** Examples of the operator alone, broadcast, and with a fused activation. */
    @Override
    public final List<Example> examples() {
        return List.of(
                Example.ofTwo("[4, 5, 3]", "[4, 5, 3]", name() + "(a, b)"),
                Example.ofTwo("[3, 6, 7]", "[7]", name() + "(a, b) |> relu"),
                Example.ofTwo("[9]", "[1]", name() + "(a, b)"));
    }
}
