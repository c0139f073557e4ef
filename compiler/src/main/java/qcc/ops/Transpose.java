package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Exchanges the axes of a tensor. */
public final class Transpose extends Operator<Transpose.Attributes> {
    /** The axes that the kernel walks over; tensors of lower rank have leading axes of extent 1. */
    private static final int MAX_RANK = 4;

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "for each axis of the result, the axis of the input", min = 0, max = MAX_RANK - 1)
            Shape permutation) {
    }

    public Transpose() {
        super("transpose", "exchanges the axes of a tensor", Attributes.class);
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        Shape x = inputs.get(0);
        List<Integer> permutation = a.permutation().dims();
        if (x.rank() < 2 || x.rank() > MAX_RANK || !isPermutation(permutation, x.rank())) {
            throw new ShapeException("permutation " + a.permutation() + " does not fit shape " + x,
                    "the input must have rank 2 to 4, and each of its axes must appear once");
        }
        return new Shape(permutation.stream().map(x::dim).toList());
    }

    private static boolean isPermutation(List<Integer> axes, int rank) {
        return axes.size() == rank && axes.stream().distinct().count() == rank
                && axes.stream().allMatch(axis -> axis < rank);
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        FloatTensor x = inputs.get(0);
        List<Integer> permutation = layer.attributes().permutation().dims();
        FloatTensor result = FloatTensor.zeros(infer(layer.attributes(), List.of(x.shape())));
        int[] index = new int[x.shape().rank()];
        for (int i = 0; i < result.size(); i++) {
            int rest = i;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[permutation.get(axis)] = rest % result.shape().dim(axis);
                rest /= result.shape().dim(axis);
            }
            int from = 0;
            for (int axis = 0; axis < index.length; axis++) {
                from = from * x.shape().dim(axis) + index[axis];
            }
            result.set(i, x.get(from));
        }
        return result;
    }

    /** Of int16, the bytes are a further axis. */
    @Override
    public boolean takesInt16(Attributes attributes) {
        return attributes.permutation().rank() < MAX_RANK;
    }

    @Override
    public OutputScale outputScale(Attributes attributes) {
        return OutputScale.SAME_AS_INPUT;
    }

    @Override
    public Value lower(Layer<Attributes> layer, Lowering lowering) {
        Shape in = lowering.input().shape();
        Shape permutation = layer.attributes().permutation();
        IntegerOperation operation = WideLowering.moving(lowering.output().type(), integerForm(layer.attributes(), in),
                () -> integerForm(new Attributes(WideLowering.with(permutation, permutation.rank())),
                        WideLowering.with(in, 2)));
        return lowering.emit(operation, lowering.inputs(), operation.resultShape(List.of(in)), lowering.output());
    }

    /** The integer operation for an input shape: nothing moves when only axes of extent 1 change their place. */
    public static IntegerOperation integerForm(Attributes a, Shape in) {
        List<Integer> permutation = a.permutation().dims();
        Shape out = new Shape(permutation.stream().map(in::dim).toList());
        List<Integer> moving = permutation.stream().filter(axis -> in.dim(axis) > 1).toList();
        if (moving.equals(moving.stream().sorted().toList())) {
            return View.of(out);
        }
        List<Integer> extents = new ArrayList<>();
        List<Integer> strides = new ArrayList<>();
        for (int axis : permutation) {
            extents.add(in.dim(axis));
            strides.add(in.dims().subList(axis + 1, in.rank()).stream().reduce(1, Math::multiplyExact));
        }
        while (extents.size() < MAX_RANK) {
            extents.add(0, 1);
            strides.add(0, 0);
        }
        return new Int8(new Geometry(extents.get(0), extents.get(1), extents.get(2), extents.get(3),
                strides.get(0), strides.get(1), strides.get(2), strides.get(3)), out);
    }

    /** The arguments that give an operation for an input shape; nothing if none do. */
    public static Optional<Attributes> attributes(Int8 operation, Shape in) {
        return permutations(List.of(), in.rank()).map(axes -> new Attributes(new Shape(axes)))
                .filter(a -> integerForm(a, in).equals(operation)).findFirst();
    }

    /** All orders of {@code rank} axes that begin with the given ones. */
    private static Stream<List<Integer>> permutations(List<Integer> first, int rank) {
        return first.size() == rank ? Stream.of(first) : IntStream.range(0, rank).boxed()
                .filter(axis -> !first.contains(axis))
                .flatMap(axis -> permutations(Stream.concat(first.stream(), Stream.of(axis)).toList(), rank));
    }

    /** The operation that does what two do, one after the other; each of them reads a tensor of the shape given. */
    public static Optional<IntegerOperation> composed(Int8 first, Shape in, Int8 second, Shape between) {
        return attributes(first, in).flatMap(a -> attributes(second, between).map(b -> integerForm(new Attributes(
                new Shape(b.permutation().dims().stream().map(a.permutation()::dim).toList())), in)));
    }

    /** The kernel's literals: extents of the result, outermost first, and the input's step along each of them. */
    public record Geometry(int n0, int n1, int n2, int n3, int step0, int step1, int step2, int step3) {
    }

    /** {@code y(i, j, k, l) = x[i * step0 + j * step1 + k * step2 + l * step3]}, each element of x once. */
    public record Int8(Geometry geometry, Shape shape) implements IntegerOperation {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            Geometry g = geometry;
            IntTensor result = IntTensor.zeros(shape);
            for (int y = 0; y < result.size(); y++) {
                int l = y % g.n3();
                int k = y / g.n3() % g.n2();
                int j = y / g.n3() / g.n2() % g.n1();
                int i = y / g.n3() / g.n2() / g.n1();
                int from = i * g.step0() + j * g.step1() + k * g.step2() + l * g.step3();
                result.set(y, inputs.get(0).get(from));
            }
            return result;
        }

        @Override
        public String mnemonic() {
            return "transpose";
        }

        @Override
        public String describe() {
            return "steps = [" + geometry.step0() + ", " + geometry.step1() + ", " + geometry.step2() + ", "
                    + geometry.step3() + "]";
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return shape;
        }
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[5, 7]", "transpose(permutation = [1, 0])"),
                Example.of("[4, 5, 3]", "transpose(permutation = [2, 0, 1]) |> relu"),
                Example.of("[4, 5, 6]", "transpose(permutation = [1, 0, 2])"),
                Example.of("[24]", "reshape(shape = [2, 3, 1, 4]) |> transpose(permutation = [3, 1, 0, 2])"),
                Example.of("[4, 1, 6]", "transpose(permutation = [1, 0, 2]) |> dense(3)"));
    }
}
