package qcc.importer.tflite;

import java.util.List;
import java.util.Map;
import qcc.importer.tflite.schema.AddOptions;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.MulOptions;
import qcc.importer.tflite.schema.SubOptions;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.Add;
import qcc.ops.BatchNorm;
import qcc.ops.Mul;
import qcc.ops.NoAttributes;
import qcc.ops.Operator;
import qcc.ops.Requantization;
import qcc.ops.Sub;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.tflite.TfliteAddition;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** ADD, SUB and MUL. */
final class Elementwise {
    /** Chosen so that variance + epsilon is 1 exactly. */
    private static final double EPSILON = 1.0 / 1024;

    private Elementwise() {
    }

    static void add(Call call) {
        Interval clamp = call.options(BuiltinOptions.AddOptions, new AddOptions(),
                o -> Activations.bounds(o.activation()));
        if (call.isInteger()) {
            addition(call, 1, clamp);
        } else {
            real(call, new Add(), 1, clamp);
        }
    }

    static void sub(Call call) {
        Interval clamp = call.options(BuiltinOptions.SubOptions, new SubOptions(),
                o -> Activations.bounds(o.activation()));
        if (call.isInteger()) {
            addition(call, -1, clamp);
        } else {
            real(call, new Sub(), -1, clamp);
        }
    }

    static void mul(Call call) {
        Interval clamp = call.options(BuiltinOptions.MulOptions, new MulOptions(),
                o -> Activations.bounds(o.activation()));
        if (!call.isInteger()) {
            real(call, new Mul(), 0, clamp);
            return;
        }
        Operands operands = Operands.of(call, false);
        // In single precision, from left to right.
        float factor = call.in(0).scale() * call.in(1).scale() / call.out().scale();
        Quantization output = Call.quantization(call.out());
        Requantization requantization = requantization(call, factor, clamp, output);
        call.emit(new Mul.Int8(new Mul.Geometry(operands.first().shape().size(), operands.second().shape().size(),
                operands.first().quantized().zeroPoint(), operands.second().quantized().zeroPoint(), 0),
                requantization), operands.values());
    }

    private static void addition(Call call, int sign, Interval clamp) {
        Operands operands = Operands.of(call, sign < 0);
        double common = 2 * Math.max(call.in(0).scale(), call.in(1).scale());
        int first = operands.swapped() ? 1 : 0;
        Quantization output = Call.quantization(call.out());
        double factor = common / ((1 << TfliteAddition.LEFT_SHIFT) * call.out().scale());
        call.emit(TfliteAddition.of(operands.first().shape().size(), operands.second().shape().size(),
                operand(call, first, common), operand(call, 1 - first, common), sign,
                requantization(call, factor, clamp, output)), operands.values());
    }

    private static TfliteAddition.Operand operand(Call call, int index, double common) {
        return new TfliteAddition.Operand(Call.quantization(call.in(index)).zeroPoint(),
                QuantizedMultiplier.of(call.in(index).scale() / common, call.steps()));
    }

    private static Requantization requantization(Call call, double factor, Interval clamp, Quantization output) {
        QuantizedMultiplier multiplier = QuantizedMultiplier.of(factor, call.steps());
        return new Requantization(Requantization.Tflite.of(List.of(multiplier), call.steps(), output.zeroPoint()),
                Activations.low(clamp, call.out(), output), Activations.high(clamp, call.out(), output));
    }

    /** The two operands, the larger one first. */
    private record Operands(Value first, Value second, boolean swapped) {

        static Operands of(Call call, boolean ordered) {
            Value a = call.value(0);
            Value b = call.value(1);
            if (a.shape().size() >= b.shape().size()) {
                return new Operands(a, b, false).checked();
            }
            if (ordered) {
                throw new Unsupported("the first operand, of shape " + a.shape() + ", is smaller than the second, of "
                        + "shape " + b.shape(), "add the negative instead");
            }
            return new Operands(b, a, true).checked();
        }

        private Operands checked() {
            new Add().infer(new NoAttributes(), List.of(first.shape(), second.shape()));
            return this;
        }

        List<Value> values() {
            return List.of(first, second);
        }
    }

    private static void real(Call call, Operator<NoAttributes> operator, int sign, Interval clamp) {
        for (int i = 0; i < 2; i++) {
            if (call.constants().isKnown(call.in(i)) && (isOne(call, i) || isPerChannel(call, i))) {
                affine(call, i, sign, clamp);
                return;
            }
        }
        Operands operands = Operands.of(call, sign < 0);
        call.layer(operator, new NoAttributes(), Map.of(), clamp, operands.values());
    }

    private static boolean isOne(Call call, int constant) {
        return call.in(constant).size() == 1;
    }

    private static boolean isPerChannel(Call call, int constant) {
        List<Integer> dims = call.in(constant).dims();
        int channels = call.value(1 - constant).shape().last();
        return call.in(constant).size() == channels && !dims.isEmpty() && dims.get(dims.size() - 1) == channels;
    }

    /** With one constant value, or one for each channel, the operator is a batch normalisation. */
    private static void affine(Call call, int constant, int sign, Interval clamp) {
        Value x = call.value(1 - constant);
        float[] values = call.constants().reals(call.in(constant));
        int channels = x.shape().last();
        boolean perChannel = isPerChannel(call, constant);
        FloatTensor gamma = FloatTensor.zeros(Shape.of(channels));
        FloatTensor beta = FloatTensor.zeros(Shape.of(channels));
        FloatTensor variance = FloatTensor.zeros(Shape.of(channels));
        for (int c = 0; c < channels; c++) {
            double value = values[perChannel ? c : 0];
            gamma.set(c, sign == 0 ? value : sign < 0 && constant == 0 ? -1 : 1);
            beta.set(c, sign == 0 ? 0 : sign < 0 && constant == 1 ? -value : value);
            variance.set(c, 1 - EPSILON);
        }
        call.layer(new BatchNorm(), new BatchNorm.Attributes(EPSILON), Map.of("gamma", gamma, "beta", beta,
                "mean", FloatTensor.zeros(Shape.of(channels)), "variance", variance), clamp, List.of(x));
    }
}
