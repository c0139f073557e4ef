package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.ir.Quantization;
import qcc.ir.Scale;

/** QuantizeLinear and DequantizeLinear, of activations and of constants. */
final class Quantizing {

    private Quantizing() {
    }

    static Operand quantize(Scope scope) {
        Activation x = scope.real(0);
        return x.withSource(scope.quantize(x.source(), quantization(scope))).asIntegers(true);
    }

    static Operand dequantize(Scope scope) {
        Activation x = scope.activation(0);
        if (!x.integers()) {
            throw ImportException.invalid("a real-valued activation is dequantised");
        }
        return x.withSource(scope.dequantize(x.source(), quantization(scope))).asIntegers(false);
    }

    /** The meaning of an activation's bytes once they are int8. */
    private static Quantization quantization(Scope scope) {
        KnownTensor scale = scope.requiredKnown(1);
        DataType type = byteType(scope);
        if (scale.size() != 1) {
            throw ImportException.unsupported("an activation with " + scale.size() + " scales",
                    "quantise activations per tensor; only weights may have a scale for each channel");
        }
        int zero = (int) scope.known(2).map(KnownTensor::scalar).orElse(0.0).doubleValue() - type.int8Offset();
        if (zero < Quantization.MIN || zero > Quantization.MAX) {
            throw ImportException.invalid("the zero point " + zero + " is outside of its type");
        }
        return new Quantization(scale(scale.get(0)), zero);
    }

    /** The type of the zero point; uint8 where there is none. */
    private static DataType byteType(Scope scope) {
        DataType type = scope.known(2).map(KnownTensor::type).orElse(DataType.UINT8);
        if (!type.isByte()) {
            throw ImportException.unsupported("activations of the type " + type, "quantise to int8 or uint8");
        }
        return type;
    }

    private static Scale scale(double value) {
        if (!(value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE)) {
            throw ImportException.unsupported("the scale " + value, "scales must be positive and not extremely small");
        }
        return Scale.dyadic(value);
    }

    /** The integers of a real constant; ties go to the even neighbour, as the format says. */
    static Operand quantizeConstant(Scope scope) {
        KnownTensor x = scope.requiredKnown(0);
        KnownTensor scales = scope.requiredKnown(1);
        Optional<KnownTensor> zeros = scope.known(2);
        DataType type = byteType(scope);
        int axis = axis(scope, x, scales);
        int offset = type.int8Offset();
        return new KnownTensor(x.dims(), type, i -> {
            int at = along(x.dims(), axis, i, scales.size());
            double zero = zeros.map(z -> z.get(z.size() == 1 ? 0 : at)).orElse(0.0);
            double value = Math.rint((float) x.get(i) / (float) scales.get(at)) + zero;
            return Math.max(Byte.MIN_VALUE + offset, Math.min(Byte.MAX_VALUE + offset, value));
        }, Optional.empty());
    }

    /** The real meaning of integers, which are kept beside it. */
    static Operand dequantizeConstant(Scope scope) {
        KnownTensor x = scope.requiredKnown(0);
        KnownTensor scales = scope.requiredKnown(1);
        Optional<KnownTensor> zeros = scope.known(2);
        int axis = axis(scope, x, scales);
        if (zeros.isPresent() && zeros.get().size() != 1 && zeros.get().size() != scales.size()) {
            throw ImportException.invalid(zeros.get().size() + " zero points for " + scales.size() + " scales");
        }
        List<Scale> exact = new ArrayList<>();
        for (int i = 0; i < scales.size(); i++) {
            exact.add(scale(scales.get(i)));
        }
        KnownTensor integers = new KnownTensor(x.dims(), DataType.INT32, i -> {
            int at = along(x.dims(), axis, i, scales.size());
            return x.get(i) - zeros.map(z -> z.get(z.size() == 1 ? 0 : at)).orElse(0.0);
        }, Optional.empty());
        return new KnownTensor(x.dims(), DataType.FLOAT,
                i -> integers.get(i) * exact.get(along(x.dims(), axis, i, exact.size())).toDouble(),
                Optional.of(new KnownTensor.Origin(integers, exact, axis)));
    }

    /** An int32 bias, whose unit is the product of the scales of the input and of each channel's weights. */
    static Operand dequantizeBias(Scope scope) {
        KnownTensor bias = scope.requiredKnown(0);
        double input = scope.requiredKnown(1).scalar();
        KnownTensor weights = scope.requiredKnown(2);
        if (weights.size() != 1 && weights.size() != bias.size()) {
            throw ImportException.invalid(weights.size() + " scales of the weights for a bias " + bias.dims());
        }
        List<Scale> scales = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            scales.add(scale(input * weights.get(i)));
        }
        return new KnownTensor(bias.dims(), DataType.FLOAT,
                i -> bias.get(i) * scales.get(scales.size() == 1 ? 0 : i).toDouble(),
                Optional.of(new KnownTensor.Origin(bias, scales, bias.dims().size() - 1)));
    }

    /** The axis of several scales; it does not matter where there is one. */
    private static int axis(Scope scope, KnownTensor x, KnownTensor scales) {
        if (scope.attributes().integer("block_size", 0) != 0) {
            throw ImportException.unsupported("scales for blocks of elements", "quantise per tensor or per channel");
        }
        if (scales.size() == 1) {
            return 0;
        }
        int axis = scope.axis(scope.attributes().integer("axis", 1), x.dims().size());
        if (scales.dims().size() != 1 || scales.size() != x.dims().get(axis)) {
            throw ImportException.invalid("scales of the shape " + scales.dims() + " for axis " + axis + " of "
                    + x.dims());
        }
        return axis;
    }

    /** The index along an axis of an element in row-major order; 0 where there is one scale. */
    private static int along(List<Integer> dims, int axis, int element, int scales) {
        return scales == 1 ? 0
                : element / KnownTensor.sizeOf(dims.subList(axis + 1, dims.size())) % dims.get(axis);
    }
}
