package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import qcc.ir.IntegerType;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.wide.Bytewise;
import qcc.ops.wide.WideConvolution;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** What the quantisation rules of layers with int16 operands or results share. */
final class WideLowering {
    private WideLowering() {
    }

    /** The bits of a value's integers. */
    static int bits(Quantization quantization) {
        return Byte.SIZE * quantization.type().bytes();
    }

    /**
     * Emits a weighted sum.
     *
     * @param g       the layer as a convolution
     * @param shape   of the result
     * @param weights channel-major
     */
    static Value emit(Conv2d.Geometry g, Shape shape, IntTensor weights, QuantizedWeights quantized, Interval clamp,
            Lowering lowering) {
        Quantization input = lowering.input().quantized();
        Quantization output = lowering.output();
        int drop = drop(weights, quantized.bias(), input);
        QuantizedSum sum = QuantizedSum.ofIntegers(weights, quantized.scales(), quantized.bias(), input, output, clamp,
                lowering.scheme(), drop);
        return lowering.emit(new WideConvolution(new WideConvolution.Geometry(g.window(), g.inC(), g.outC(), g.groups(),
                g.inZero(), bits(input), bits(output), drop), shape, sum.weights(), sum.bias(), sum.requantization()),
                lowering.inputs(), shape, output);
    }

    /** So many bits that the rest of every sum fits int32, whatever a rule adds to a bias. */
    private static int drop(IntTensor weights, List<Long> bias, Quantization input) {
        long most = 0;
        for (int c = 0; c < bias.size(); c++) {
            long products = WideConvolution.bound(weights, bias.size(), c, input.type());
            most = Math.max(most, Math.abs(bias.get(c)) + products);
        }
        // The share of the input's zero point is no larger than the products; constants of a rule are below 2^30.
        long zero = input.zeroPoint() == 0 ? 0 : most;
        return WideConvolution.drop(most + zero + (1L << (Integer.SIZE - 2)));
    }

    /** What moves int8 elements, for elements of the given type; {@code bytes} does the same to the bytes of int16. */
    static IntegerOperation moving(IntegerType type, IntegerOperation elements, Supplier<IntegerOperation> bytes) {
        return type == IntegerType.INT8 || elements.isView() ? elements : new Bytewise(elements, bytes.get());
    }

    /** A tensor of int16 as one of bytes: two of them for each element of the last axis. */
    static Shape bytes(Shape shape) {
        return shape.withLast(2 * shape.last());
    }

    /** Numbers for each axis of a tensor, and one for a further axis. */
    static Shape with(Shape numbers, int further) {
        List<Integer> all = new ArrayList<>(numbers.dims());
        all.add(further);
        return new Shape(all);
    }
}
