package qcc.importer.tflite;

import java.util.List;
import java.util.Map;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.FullyConnectedOptions;
import qcc.ir.Interval;
import qcc.ir.Value;
import qcc.ops.Conv2d;
import qcc.ops.Dense;
import qcc.ops.WeightedOperator;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** FULLY_CONNECTED; applied to several rows, it is a convolution of kernel 1. */
final class FullyConnected {
    private static final Extent ONE = new Extent(1, 1);

    private FullyConnected() {
    }

    /** One scale for all weights is multiplied in single precision, scales per channel in double precision. */
    private static WeightedSums.Factor factor(int scales) {
        return scales == 1 ? (input, weight, output) -> (double) (input * weight) / output
                : (input, weight, output) -> (double) input * weight / output;
    }

    static void convert(Call call) {
        Interval clamp = call.options(BuiltinOptions.FullyConnectedOptions, new FullyConnectedOptions(), o -> {
            if (o.weightsFormat() != 0) {
                throw new Unsupported("the weights are stored in a shuffled format", "convert the model again");
            }
            return Activations.bounds(o.activation());
        });
        Value x = call.value(0);
        // [units, inputs]
        List<Integer> dims = WeightedSums.filterDims(call, 2);
        int units = dims.get(0);
        int inputs = dims.get(1);
        if (x.shape().size() % inputs != 0) {
            throw new MalformedModel("weights " + dims + " do not fit an input of " + x.shape().size() + " elements");
        }
        int rows = x.shape().size() / inputs;
        if (rows > 1) {
            x = call.reshaped(x, Shape.of(rows, 1, inputs));
        }
        if (call.isInteger()) {
            emitIntegers(call, x, rows, units, inputs, clamp);
        } else {
            emitReals(call, x, rows, units, inputs, clamp);
        }
    }

    private static void emitIntegers(Call call, Value x, int rows, int units, int inputs, Interval clamp) {
        int[] order = new int[units * inputs];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        WeightedSums.Integers sum = WeightedSums.integers(call, order, units, 0, clamp,
                factor(call.in(1).scales().size()));
        if (rows == 1) {
            call.emit(new Dense.Int8(new Dense.Geometry(inputs, units), sum.weights(), sum.bias(),
                    sum.requantization()), List.of(x));
            return;
        }
        Window window = Window.of(x.shape(), ONE, ONE, new Padding.Valid(), ONE);
        call.emit(new Conv2d.Int8(new Conv2d.Geometry(window, inputs, units, 1, x.quantized().zeroPoint()),
                sum.weights(), sum.bias(), sum.requantization()), List.of(x));
    }

    private static void emitReals(Call call, Value x, int rows, int units, int inputs, Interval clamp) {
        int[] order = new int[units * inputs];
        for (int i = 0; i < order.length; i++) {
            order[i] = i % units * inputs + i / units;
        }
        Shape shape = rows == 1 ? Shape.of(inputs, units) : Shape.of(1, 1, inputs, units);
        Map<String, FloatTensor> parameters = Map.of(
                WeightedOperator.WEIGHT, WeightedSums.realWeights(call, shape, order),
                WeightedOperator.BIAS, WeightedSums.realBias(call, units));
        if (rows == 1) {
            call.layer(new Dense(), new Dense.Attributes(units, true), parameters, clamp, List.of(x));
        } else {
            call.layer(new Conv2d(), new Conv2d.Attributes(units, ONE, ONE, new Padding.Valid(), ONE, 1, true),
                    parameters, clamp, List.of(x));
        }
    }
}
