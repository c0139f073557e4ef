package qcc.importer.tflite;

import static qcc.ops.fixedpoint.FixedPoint.divideByPowerOfTwo;
import static qcc.ops.fixedpoint.FixedPoint.doublingHighProduct16;

import java.util.List;
import qcc.ops.HardSwish;
import qcc.ops.NoAttributes;
import qcc.ops.fixedpoint.QuantizedMultiplier;

/** HARD_SWISH, which TFLite computes with 16-bit numbers. */
final class HardSwishTable {
    /** Inputs are multiplied by 2^7, as much as 16 bits allow. */
    private static final int INPUT_SHIFT = 7;

    private HardSwishTable() {
    }

    /** A factor as a 16-bit significand / 2^15 and a shift. */
    private record Factor16(int significand, int shift) {

        static Factor16 of(float factor, Call call) {
            QuantizedMultiplier multiplier = QuantizedMultiplier.of(factor, call.steps());
            long rounded = ((long) multiplier.significand() + (1 << 15)) >> 16;
            return new Factor16((int) Math.min(Short.MAX_VALUE, rounded), multiplier.shift());
        }
    }

    static void convert(Call call) {
        if (!call.isInteger()) {
            call.layer(new HardSwish(), new NoAttributes(), List.of(call.value(0)));
            return;
        }
        float fineScale = 1.0f / 128 * call.in(0).scale();
        Factor16 output = Factor16.of(fineScale / call.out().scale(), call);
        Factor16 gate = Factor16.of(fineScale / (3.0f / 32768), call);
        if (output.shift() > 0) {
            throw new Unsupported("the scale of the input is more than 128 times that of the result",
                    "quantise the model with representative data");
        }
        int zero = Call.quantization(call.out()).zeroPoint();
        Tables.table(call, "hard_swish", x -> {
            int fine = x << INPUT_SHIFT;
            int value = doublingHighProduct16(fine, output.significand());
            int share = (gateOf(fine, gate) + (1 << 15)) >> 1;
            // Rounds towards zero, which makes up for the bias of the product before.
            int product = share * value / (1 << 15);
            return zero + divideByPowerOfTwo(product, -output.shift());
        });
    }

    /** x / 3 as a 16-bit number in -1..1, saturated; the last bit of a left shift comes after the product. */
    private static int gateOf(int fine, Factor16 gate) {
        int x = gate.shift() > 0 ? saturatedShift(fine, gate.shift() - 1) : fine;
        x = doublingHighProduct16(x, gate.significand());
        if (gate.shift() > 0) {
            return saturatedShift(x, 1);
        }
        return divideByPowerOfTwo(x, -gate.shift());
    }

    private static int saturatedShift(int x, int amount) {
        return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, (long) x << amount));
    }
}
