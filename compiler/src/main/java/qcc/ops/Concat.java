package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import qcc.ir.IntegerType;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.attributes.Attribute;
import qcc.ops.wide.Rescaling;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Joins tensors along one axis. */
public final class Concat extends Operator<Concat.Attributes> {

    /** Arguments in QDSL. */
    public record Attributes(
            @Attribute(value = "axis along which the tensors are joined; -1 is the last", fallback = "-1", min = -4,
                    max = 3) int axis) {
    }

    public Concat() {
        super("concat", "joins tensors along an axis", Attributes.class);
    }

    @Override
    public Arity arity() {
        return Arity.SEVERAL;
    }

    @Override
    public Shape infer(Attributes a, List<Shape> inputs) {
        return joined(a, inputs);
    }

    private static Shape joined(Attributes a, List<Shape> inputs) {
        Shape first = inputs.get(0);
        if (a.axis() >= first.rank() || a.axis() < -first.rank()) {
            throw new ShapeException("axis " + a.axis() + " does not exist in shape " + first,
                    "the axes are 0 to " + (first.rank() - 1));
        }
        int axis = Math.floorMod(a.axis(), first.rank());
        int joined = 0;
        for (Shape shape : inputs) {
            List<Integer> aligned = new ArrayList<>(shape.dims());
            if (axis < aligned.size()) {
                joined += aligned.get(axis);
                aligned.set(axis, first.dim(axis));
            }
            if (!aligned.equals(first.dims())) {
                throw new ShapeException("shapes " + first + " and " + shape + " differ outside axis " + axis,
                        "all tensors must agree in every other axis");
            }
        }
        List<Integer> dims = new ArrayList<>(first.dims());
        dims.set(axis, joined);
        return new Shape(dims);
    }

    /** The bytes of each input that stand together in the result. */
    private static List<Integer> runs(Attributes a, List<Shape> inputs) {
        int axis = Math.floorMod(a.axis(), inputs.get(0).rank());
        return inputs.stream()
                .map(s -> s.dims().subList(axis, s.rank()).stream().reduce(1, Math::multiplyExact)).toList();
    }

    @Override
    public boolean takesInt16(Attributes attributes) {
        return true;
    }

    @Override
    public OutputScale outputScale(Attributes attributes) {
        return OutputScale.SHARED;
    }

    @Override
    public FloatTensor evaluate(Layer<Attributes> layer, List<FloatTensor> inputs) {
        List<Shape> shapes = inputs.stream().map(FloatTensor::shape).toList();
        List<Integer> runs = runs(layer.attributes(), shapes);
        FloatTensor result = FloatTensor.zeros(infer(layer.attributes(), shapes));
        int to = 0;
        for (int outer = 0; to < result.size(); outer++) {
            for (int i = 0; i < inputs.size(); i++) {
                for (int k = 0; k < runs.get(i); k++) {
                    result.set(to++, inputs.get(i).get(outer * runs.get(i) + k));
                }
            }
        }
        return result;
    }

    @Override
    public Value lower(Layer<Attributes> layer, Lowering lowering) {
        List<Value> inputs = new ArrayList<>();
        for (Value input : lowering.inputs()) {
            inputs.add(input.quantized().equals(lowering.output()) ? input
                    : lowering.emitHelper("rescale", rescaling(input, lowering.output()), List.of(input),
                            input.shape(), lowering.output()));
        }
        List<Shape> shapes = inputs.stream().map(Value::shape).toList();
        Int8 operation = integerForm(layer.attributes(), shapes);
        return lowering.emit(WideLowering.moving(lowering.output().type(), operation,
                () -> integerForm(layer.attributes(), shapes.stream().map(WideLowering::bytes).toList())), inputs,
                operation.shape(), lowering.output());
    }

    private static IntegerOperation rescaling(Value input, Quantization output) {
        int size = input.shape().size();
        return input.quantized().type() == IntegerType.INT8 && output.type() == IntegerType.INT8
                ? Lookup.rescale(input.quantized(), output, size)
                : Rescaling.of(input.quantized(), output, Interval.ALL, size);
    }

    /** The integer operation for inputs of equal scale; throws {@link ShapeException} when they do not fit. */
    public static Int8 integerForm(Attributes a, List<Shape> shapes) {
        Shape shape = joined(a, shapes);
        List<Integer> runs = runs(a, shapes);
        int total = runs.stream().mapToInt(i -> i).sum();
        return new Int8(new Geometry(shape.size() / total, total), runs, shape);
    }

    /**
     * The kernel's literals.
     *
     * @param outer     repetitions
     * @param outStride bytes of the result in each repetition
     */
    public record Geometry(int outer, int outStride) {
    }

    /**
     * In each of {@code outer} repetitions, {@code runs[i]} bytes of input i follow those of input i - 1.
     */
    public record Int8(Geometry geometry, List<Integer> runs, Shape shape) implements ChannelwiseOperation {
        public Int8 {
            runs = List.copyOf(runs);
        }

        /**
         * The literals of one call.
         *
         * @param before bytes of earlier inputs in each repetition of the result
         * @param run    bytes of this input in each repetition
         */
        public record Part(int before, int run) {
        }

        @Override
        public List<Part> inputGeometries() {
            List<Part> parts = new ArrayList<>();
            int before = 0;
            for (int run : runs) {
                parts.add(new Part(before, run));
                before += run;
            }
            return parts;
        }

        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            IntTensor result = IntTensor.zeros(shape);
            int before = 0;
            for (int i = 0; i < inputs.size(); i++) {
                for (int k = 0; k < inputs.get(i).size(); k++) {
                    int place = k / runs.get(i) * geometry.outStride() + before + k % runs.get(i);
                    result.set(place, inputs.get(i).get(k));
                }
                before += runs.get(i);
            }
            return result;
        }

        /** True when channels follow channels, false when rows or columns do. */
        private boolean joinsChannels(int channelsOfFirst) {
            return channelsOfFirst != shape.last();
        }

        @Override
        public KnownChannels knownChannels(List<KnownChannels> inputs) {
            if (joinsChannels(inputs.get(0).size())) {
                List<OptionalInt> all = inputs.stream()
                        .flatMap(x -> IntStream.range(0, x.size()).mapToObj(x::find)).toList();
                return KnownChannels.of(shape.last(), all::get);
            }
            return KnownChannels.of(shape.last(), c -> {
                OptionalInt first = inputs.get(0).find(c);
                return inputs.stream().allMatch(x -> x.find(c).equals(first)) ? first : OptionalInt.empty();
            });
        }

        @Override
        public void settle(ChannelFlow flow) {
            if (!joinsChannels(flow.known(0).size())) {
                flow.tieAll();
                return;
            }
            int before = 0;
            for (int i = 0; i < flow.arity(); i++) {
                for (int c = 0; c < flow.known(i).size(); c++) {
                    boolean stays = flow.input(i).get(c) || flow.output().get(before + c);
                    flow.input(i).set(c, stays);
                    flow.output().set(before + c, stays);
                }
                before += flow.known(i).size();
            }
        }

        @Override
        public Int8 prune(ChannelFlow flow) {
            List<Integer> remaining = IntStream.range(0, runs.size())
                    .mapToObj(i -> flow.remaining(i, runs.get(i))).toList();
            int stride = remaining.stream().mapToInt(i -> i).sum();
            return new Int8(new Geometry(geometry.outer(), stride), remaining,
                    shape.withLast(flow.output().cardinality()));
        }

        @Override
        public String mnemonic() {
            return "concat";
        }

        @Override
        public String describe() {
            return "runs = " + runs;
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return shape;
        }
    }

    @Override
    public List<Example> examples() {
        return List.of(
                Example.ofTwo("[4, 5, 3]", "[4, 5, 2]", "concat(a, b)"),
                Example.ofTwo("[2, 5, 3]", "[4, 5, 3]", "concat(a, b, axis = 0)"),
                Example.ofTwo("[3, 1, 4]", "[3, 4, 4]", "concat(a, b, a, axis = 1) |> relu"));
    }
}
