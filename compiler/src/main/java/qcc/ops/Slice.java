package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Takes a part of a tensor: along each axis, every stride-th index from begin up to but not including end. */
public final class Slice extends Operator<Slice.Attributes> {
    /** The axes that the kernel walks over; tensors of lower rank have leading axes of extent 1. */
    private static final int MAX_RANK = 4;

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "first index along each axis", min = 0, max = 1 << 26) Shape begin,
            @Attribute(value = "the index after the last one, along each axis", min = 1, max = 1 << 26) Shape end,
            @Attribute(value = "distance of the indices along each axis; 1 if not given", min = 1, max = 1 << 26)
            Optional<Shape> stride) {

        int stride(int axis) {
            return stride.map(s -> s.dim(axis)).orElse(1);
        }
    }

    public Slice() {
        super("slice", "part of a tensor", Attributes.class);
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        Shape x = inputs.get(0);
        int rank = x.rank();
        if (rank > MAX_RANK || a.begin().rank() != rank || a.end().rank() != rank
                || a.stride().isPresent() && a.stride().get().rank() != rank) {
            throw new ShapeException("begin, end and stride must have one number for each axis of " + x,
                    "write 0, the extent and 1 for axes that stay whole");
        }
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            if (a.begin().dim(axis) >= a.end().dim(axis) || a.end().dim(axis) > x.dim(axis)) {
                throw new ShapeException("indices " + a.begin().dim(axis) + " to " + a.end().dim(axis) + " of axis "
                        + axis + " of " + x + " select nothing or lie outside", "end is above begin, and at most the "
                        + "extent");
            }
            dims.add((a.end().dim(axis) - a.begin().dim(axis) + a.stride(axis) - 1) / a.stride(axis));
        }
        return new Shape(dims);
    }

    /** The index in the input of each element of the result. */
    private static int[] sources(Attributes a, Shape in, Shape out) {
        int[] sources = new int[out.size()];
        for (int i = 0; i < sources.length; i++) {
            int rest = i;
            int distance = 1;
            for (int axis = in.rank() - 1; axis >= 0; axis--) {
                sources[i] += (a.begin().dim(axis) + rest % out.dim(axis) * a.stride(axis)) * distance;
                rest /= out.dim(axis);
                distance *= in.dim(axis);
            }
        }
        return sources;
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        Shape in = inputs.get(0).shape();
        FloatTensor result = FloatTensor.zeros(infer(layer.attributes(), List.of(in)));
        int[] sources = sources(layer.attributes(), in, result.shape());
        for (int i = 0; i < sources.length; i++) {
            result.set(i, inputs.get(0).get(sources[i]));
        }
        return result;
    }

    /** Of int16, the bytes are a further axis. */
    @Override
    public boolean takesInt16(Attributes attributes) {
        return attributes.begin().rank() < MAX_RANK;
    }

    @Override
    public OutputScale outputScale(Attributes attributes) {
        return OutputScale.SAME_AS_INPUT;
    }

    @Override
    public Value lower(Layer<Attributes> layer, Lowering lowering) {
        Attributes a = layer.attributes();
        Shape in = lowering.input().shape();
        Int8 operation = integerForm(a, in);
        return lowering.emit(WideLowering.moving(lowering.output().type(), operation, () -> integerForm(
                new Attributes(WideLowering.with(a.begin(), 0), WideLowering.with(a.end(), 2),
                        a.stride().map(stride -> WideLowering.with(stride, 1))), WideLowering.with(in, 2))),
                lowering.inputs(), operation.shape(), lowering.output());
    }

    /** The integer operation for an input shape. */
    public static Int8 integerForm(Attributes a, Shape in) {
        Shape out = new Slice().infer(a, List.of(in));
        int[] extents = {1, 1, 1, 1};
        int[] steps = new int[MAX_RANK];
        int first = 0;
        int distance = 1;
        for (int axis = in.rank() - 1; axis >= 0; axis--) {
            int place = MAX_RANK - in.rank() + axis;
            extents[place] = out.dim(axis);
            steps[place] = a.stride(axis) * distance;
            first += a.begin().dim(axis) * distance;
            distance *= in.dim(axis);
        }
        return new Int8(new Geometry(first, extents[0], extents[1], extents[2], extents[3], steps[0], steps[1],
                steps[2], steps[3]), out);
    }

    /** The arguments that give a kernel's literals for an input shape; nothing if none do. */
    public static Optional<Attributes> attributes(Geometry g, Shape in) {
        List<Integer> extents = List.of(g.n0(), g.n1(), g.n2(), g.n3());
        List<Integer> steps = List.of(g.step0(), g.step1(), g.step2(), g.step3());
        List<Integer> begin = new ArrayList<>();
        List<Integer> end = new ArrayList<>();
        List<Integer> stride = new ArrayList<>();
        int distance = in.size();
        int rest = g.first();
        for (int axis = 0; axis < in.rank(); axis++) {
            int place = MAX_RANK - in.rank() + axis;
            distance /= in.dim(axis);
            begin.add(rest / distance);
            rest %= distance;
            stride.add(Math.max(1, steps.get(place) / distance));
            end.add(begin.get(axis) + (extents.get(place) - 1) * stride.get(axis) + 1);
        }
        boolean dense = stride.stream().allMatch(step -> step == 1);
        Attributes attributes = new Attributes(new Shape(begin), new Shape(end),
                dense ? Optional.empty() : Optional.of(new Shape(stride)));
        return fits(attributes, in) ? Optional.of(attributes) : Optional.empty();
    }

    private static boolean fits(Attributes a, Shape in) {
        return in.rank() <= MAX_RANK && IntStream.range(0, in.rank()).allMatch(axis -> a.end().dim(axis) <= in.dim(axis));
    }

    /** The kernel's literals: the first element, extents of the result, and the input's step along each of them. */
    public record Geometry(int first, int n0, int n1, int n2, int n3, int step0, int step1, int step2, int step3) {
    }

    /** {@code y(i, j, k, l) = x[first + i * step0 + j * step1 + k * step2 + l * step3]}. */
    public record Int8(Geometry geometry, Shape shape) implements IntegerOperation {

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            Geometry g = geometry;
            IntTensor result = IntTensor.zeros(shape);
            int y = 0;
            for (int i = 0; i < g.n0(); i++) {
                for (int j = 0; j < g.n1(); j++) {
                    for (int k = 0; k < g.n2(); k++) {
                        for (int l = 0; l < g.n3(); l++) {
                            result.set(y++, inputs.get(0).get(g.first() + i * g.step0() + j * g.step1()
                                    + k * g.step2() + l * g.step3()));
                        }
                    }
                }
            }
            return result;
        }

        @Override
        public String mnemonic() {
            return "slice";
        }

        @Override
        public String describe() {
            return "first = " + geometry.first();
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return shape;
        }
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.of("[6, 7, 5]", "slice(begin = [1, 0, 2], end = [5, 7, 5])"),
                Example.of("[9, 8, 3]", "slice(begin = [1, 2, 0], end = [9, 8, 3], stride = [3, 2, 1]) |> relu"),
                Example.of("[20]", "slice(begin = [3], end = [20], stride = [4])"));
    }
}
