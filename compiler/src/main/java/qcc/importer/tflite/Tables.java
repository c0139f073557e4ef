package qcc.importer.tflite;

import java.util.List;
import java.util.function.IntUnaryOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.LeakyReluOptions;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.Clip;
import qcc.ops.LeakyRelu;
import qcc.ops.Lookup;
import qcc.ops.NoAttributes;
import qcc.ops.Relu;
import qcc.ops.Relu6;
import qcc.ops.Sigmoid;
import qcc.ops.Tanh;
import qcc.ops.fixedpoint.FixedPoint;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.Transcendental;
import qcc.ops.tflite.TfliteSoftmax;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Functions of one element. Of int8 they become tables, filled here with TFLite's own integer arithmetic. */
final class Tables {
    private static final int INPUT_BITS = 4;

    private Tables() {
    }

    static void relu(Call call) {
        clamp(call, new Interval(0, Double.POSITIVE_INFINITY), () -> call.layer(new Relu(), new NoAttributes(),
                List.of(call.value(0))));
    }

    static void relu6(Call call) {
        clamp(call, new Interval(0, 6), () -> call.layer(new Relu6(), new NoAttributes(), List.of(call.value(0))));
    }

    static void reluMinusOneToOne(Call call) {
        clamp(call, new Interval(-1, 1), () -> call.layer(new Clip(), new Clip.Attributes(-1, 1),
                List.of(call.value(0))));
    }

    private static void clamp(Call call, Interval bounds, Runnable real) {
        if (!call.isInteger()) {
            real.run();
            return;
        }
        Quantization output = Call.quantization(call.out());
        QuantizedMultiplier factor = QuantizedMultiplier.of(call.in(0).scale() / call.out().scale(), call.steps());
        int low = Activations.low(bounds, call.out(), output);
        int high = Activations.high(bounds, call.out(), output);
        table(call, "clamp", x -> Math.max(low, Math.min(high, output.zeroPoint() + factor.apply(x, call.steps()))));
    }

    /** A change of scale: QUANTIZE from int8 to int8. */
    static void requantize(Call call) {
        QuantizedMultiplier factor = QuantizedMultiplier.of((double) call.in(0).scale() / call.out().scale(),
                call.steps());
        int zero = Call.quantization(call.out()).zeroPoint();
        table(call, "rescale", x -> zero + factor.apply(x, call.steps()));
    }

    static void leakyRelu(Call call) {
        float alpha = call.options(BuiltinOptions.LeakyReluOptions, new LeakyReluOptions(), LeakyReluOptions::alpha);
        if (!call.isInteger()) {
            call.layer(new LeakyRelu(), new LeakyRelu.Attributes(alpha), List.of(call.value(0)));
            return;
        }
        if (!(alpha >= 0)) {
            throw new Unsupported("a slope of " + alpha + " is not supported", "only slopes from 0 on are");
        }
        float scale = call.in(0).scale();
        QuantizedMultiplier identity = QuantizedMultiplier.of(scale / call.out().scale(), call.steps());
        QuantizedMultiplier slope = QuantizedMultiplier.of(scale * alpha / call.out().scale(), call.steps());
        int zero = Call.quantization(call.out()).zeroPoint();
        table(call, "leaky_relu", x -> zero + (x >= 0 ? identity : slope).apply(x, call.steps()));
    }

    static void logistic(Call call) {
        if (!call.isInteger()) {
            call.layer(new Sigmoid(), new NoAttributes(), List.of(call.value(0)));
            return;
        }
        requireOutput(call, 1f / 256, -128);
        saturating(call, "logistic", x -> FixedPoint.divideByPowerOfTwo(Transcendental.logistic(x), 31 - 8) - 128);
    }

    static void tanh(Call call) {
        if (!call.isInteger()) {
            call.layer(new Tanh(), new NoAttributes(), List.of(call.value(0)));
            return;
        }
        requireOutput(call, 1f / 128, 0);
        saturating(call, "tanh", x -> FixedPoint.divideByPowerOfTwo(Transcendental.tanh(x), 31 - 7));
    }

    private static void requireOutput(Call call, float scale, int zero) {
        Quantization output = Call.quantization(call.out());
        if (call.out().scale() != scale || output.zeroPoint() != zero) {
            throw new Unsupported("the result has scale " + call.out().scale() + " and zero point "
                    + output.zeroPoint(), "TFLite asks for " + scale + " and " + zero);
        }
    }

    /** A function of numbers with four integer bits, which is saturated outside of their range. */
    private static void saturating(Call call, String name, IntUnaryOperator function) {
        QuantizedMultiplier factor = QuantizedMultiplier.of(
                (double) call.in(0).scale() * (1 << (31 - INPUT_BITS)), call.steps());
        int radius = TfliteSoftmax.inputRadius(INPUT_BITS, factor.shift());
        table(call, name, x -> x <= -radius ? Quantization.MIN : x >= radius ? Quantization.MAX
                : function.applyAsInt(factor.apply(x, call.steps())));
    }

    /** The table of a function of x without its zero point, saturated. */
    static void table(Call call, String name, IntUnaryOperator function) {
        Value x = call.value(0);
        int zero = x.quantized().zeroPoint();
        IntTensor table = IntTensor.zeros(Shape.of(256));
        for (int q = Quantization.MIN; q <= Quantization.MAX; q++) {
            int y;
            try {
                y = function.applyAsInt(q - zero);
            } catch (ArithmeticException e) {
                throw new Unsupported("the scale of the input is so much larger than that of the result that TFLite's "
                        + "own arithmetic overflows", "quantise the model with representative data");
            }
            table.set(q - Quantization.MIN, Math.max(Quantization.MIN, Math.min(Quantization.MAX, y)));
        }
        call.emit(new Lookup(new Lookup.Geometry(x.shape().size()), table, name), List.of(x));
    }
}
