package qcc.ops;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * {@code y[i] = table[x[i] + 128]}: every function of one int8 value, computed at compile time. Activations that
 * could not be fused, sigmoid, tanh and changes of scale all become this operation.
 *
 * @param geometry the kernel's literals
 * @param table    256 int8 values, for x = -128 .. 127
 * @param function what the table computes, for printing
 */
public record Lookup(Geometry geometry, IntTensor table, String function) implements PointwiseOperation {

    /** The number of elements. */
    public record Geometry(int n) {
    }

    /**
     * The table of a real function: {@code clamp(f(real(x)))} rounded to the nearest integer of the output, ties up.
     * The function is evaluated in double precision with StrictMath, so the table is the same everywhere.
     */
    public static Lookup of(String name, DoubleUnaryOperator function, Quantization input, Quantization output,
            Interval clamp, int size) {
        IntTensor table = IntTensor.zeros(Shape.of(256));
        for (int x = Quantization.MIN; x <= Quantization.MAX; x++) {
            double real = clamp.clamp(function.applyAsDouble(input.dequantize(x)));
            table.set(x - Quantization.MIN, output.quantize(real));
        }
        return new Lookup(new Geometry(size), table, name);
    }

    /** The table that expresses the same real values with another quantisation. */
    public static Lookup rescale(Quantization input, Quantization output, int size) {
        return of("rescale", x -> x, input, output, Interval.ALL, size);
    }

    /** The table of this function followed by another. */
    public Lookup then(Lookup next) {
        IntTensor composed = IntTensor.zeros(table.shape());
        for (int i = 0; i < table.size(); i++) {
            composed.set(i, next.table.get(table.get(i) + 128));
        }
        return new Lookup(geometry, composed, function + ", " + next.function);
    }

    /** True when every element stays what it is. */
    public boolean isIdentity() {
        return IntStream.range(0, table.size()).allMatch(i -> table.get(i) == i - 128);
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        IntTensor x = inputs.get(0);
        IntTensor result = IntTensor.zeros(x.shape());
        for (int i = 0; i < x.size(); i++) {
            result.set(i, table.get(x.get(i) + 128));
        }
        return result;
    }

    @Override
    public KnownChannels knownChannels(List<KnownChannels> inputs) {
        return KnownChannels.of(inputs.get(0).size(), c -> {
            OptionalInt x = inputs.get(0).find(c);
            return x.isPresent() ? OptionalInt.of(table.get(x.getAsInt() + 128)) : x;
        });
    }

    @Override
    public Lookup prune(ChannelFlow flow) {
        return new Lookup(new Geometry(flow.remaining(geometry.n())), table, function);
    }

    @Override
    public List<Constant> constants() {
        return List.of(new Constant("table", Constant.CType.INT8, table));
    }

    @Override
    public String mnemonic() {
        return "lookup";
    }

    @Override
    public String describe() {
        return function;
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return inputs.get(0);
    }
}
