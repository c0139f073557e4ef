package qcc.ops;

import java.util.List;
import java.util.stream.IntStream;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Lowers one layer without a graph, to look at the integer operation that it becomes. */
final class Bench implements Lowering {
    private final List<Value> inputs;
    private final Quantization output;
    private IntegerOperation emitted;

    private Bench(Shape shape, List<Quantization> inputs, Quantization output) {
        this.inputs = IntStream.range(0, inputs.size())
                .mapToObj(i -> Value.real(i, "x" + i, shape).withQuantization(inputs.get(i))).toList();
        this.output = output;
    }

    /** The operation for inputs that all have one shape. */
    static <A extends Record> IntegerOperation lower(Layer<A> layer, Shape shape, List<Quantization> inputs,
            Quantization output) {
        Bench bench = new Bench(shape, inputs, output);
        layer.operator().lower(layer, bench);
        return bench.emitted;
    }

    /** All 256 values. */
    static IntTensor everyByte() {
        return IntTensor.vector(IntStream.rangeClosed(-128, 127).toArray());
    }

    @Override
    public List<Value> inputs() {
        return inputs;
    }

    @Override
    public Quantization output() {
        return output;
    }

    @Override
    public LayerScheme scheme() {
        return LayerScheme.DEFAULT;
    }

    @Override
    public Value emit(IntegerOperation operation, List<Value> arguments, Shape shape, Quantization quantization) {
        emitted = operation;
        return Value.real(arguments.size(), "y", shape).withQuantization(quantization);
    }

    @Override
    public Value emitHelper(String role, IntegerOperation operation, List<Value> arguments, Shape shape,
            Quantization quantization) {
        throw new UnsupportedOperationException(role);
    }
}
