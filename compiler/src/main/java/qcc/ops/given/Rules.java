package qcc.ops.given;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import qcc.diagnostics.Code;
import qcc.ops.Constant.CType;
import qcc.ops.Requantization;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * The arrays that state a requantisation: {@code multiplier} and {@code shift} for TFLite's rule, {@code multiplier}
 * and {@code left} for the multiplication, {@code shift} alone for the shift.
 */
final class Rules {
    static final String MULTIPLIER = "multiplier";
    static final String SHIFT = "shift";
    static final String LEFT = "left";

    private Rules() {
    }

    static Map<String, IntTensor> arrays(Requantization requantization) {
        Map<String, IntTensor> arrays = new HashMap<>();
        if (requantization.rule() instanceof Requantization.Tflite rule) {
            arrays.put(MULTIPLIER, rule.significand());
            arrays.put(SHIFT, rule.right());
        } else if (requantization.rule() instanceof Requantization.Multiply rule) {
            arrays.put(MULTIPLIER, rule.multiplier());
            arrays.put(LEFT, IntTensor.vector(rule.left()));
        } else {
            arrays.put(SHIFT, ((Requantization.Shift) requantization.rule()).shift());
        }
        return arrays;
    }

    static GivenOptions options(Requantization requantization) {
        return GivenOptions.of(requantization.low(), requantization.high());
    }

    static Requantization restore(int channels, GivenOptions options, GivenArrays arrays, GivenContext context) {
        return new Requantization(rule(channels, arrays, context), options.low(), options.high());
    }

    private static Requantization.Rule rule(int channels, GivenArrays arrays, GivenContext context) {
        int zero = context.output().zeroPoint();
        if (!arrays.has(MULTIPLIER)) {
            IntTensor shift = arrays.perChannel(SHIFT, CType.UINT8, channels);
            requireRange(SHIFT, shift, 0, 31);
            return new Requantization.Shift(shift);
        }
        IntTensor multiplier = arrays.perChannel(MULTIPLIER, CType.INT32, channels);
        if (arrays.has(LEFT)) {
            int left = arrays.one(LEFT, CType.UINT8);
            requireRange(LEFT, IntTensor.vector(left), 0, 31);
            return new Requantization.Multiply(multiplier, left, zero);
        }
        IntTensor shift = arrays.perChannel(SHIFT, CType.INT8, channels);
        requireRange(MULTIPLIER, multiplier, 1 << 30, Integer.MAX_VALUE);
        requireRange(SHIFT, shift, -30, 31);
        if (multiplier.size() != shift.size()) {
            throw new GivenException(Code.E404, "`multiplier` and `shift` must have the same size");
        }
        return new Requantization.Tflite(multiplier, shift, context.steps(), zero);
    }

    /** The falling exponentials of a softmax: the first, and largest, is 2^31 - 1. */
    static IntTensor exponentials(String name, GivenArrays arrays) {
        IntTensor table = arrays.get(name, CType.INT32, IntStream.rangeClosed(1, 256).mapToObj(Shape::of).toList());
        requireRange(name, table, 0, Integer.MAX_VALUE);
        if (table.get(0) != Integer.MAX_VALUE) {
            throw new GivenException(Code.E405, "`" + name + "` begins with " + table.get(0) + "; e^0 is 2147483647");
        }
        return table;
    }

    static void requireRange(String name, IntTensor values, int low, int high) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) < low || values.get(i) > high) {
                throw new GivenException(Code.E405, "`" + name + "` holds " + values.get(i) + "; its values are "
                        + low + " to " + high);
            }
        }
    }
}
