package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import qcc.ops.BatchNorm;
import qcc.ops.Clip;
import qcc.ops.HardSwish;
import qcc.ops.Layer;
import qcc.ops.LeakyRelu;
import qcc.ops.NoAttributes;
import qcc.ops.Operator;
import qcc.ops.Relu;
import qcc.ops.Relu6;
import qcc.ops.Sigmoid;
import qcc.ops.Tanh;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** Functions of single elements, and affine functions of channels. All keep the order of their input. */
final class Elementwise {
    /** A variance and an epsilon that sum to 1 exactly: a batch norm with them is a plain affine function. */
    private static final double EPSILON = 1.0 / 1024;
    private static final int MAX_CHANNELS = 1 << 16;

    private Elementwise() {
    }

    static Operand relu(Scope scope) {
        return function(scope, new Relu(), new NoAttributes());
    }

    static Operand sigmoid(Scope scope) {
        return function(scope, new Sigmoid(), new NoAttributes());
    }

    static Operand tanh(Scope scope) {
        return function(scope, new Tanh(), new NoAttributes());
    }

    static Operand leakyRelu(Scope scope) {
        return function(scope, new LeakyRelu(), new LeakyRelu.Attributes(scope.attributes().real("alpha", 0.01)));
    }

    /** Bounds are attributes before version 11, inputs since; a missing one bounds nothing. */
    static Operand clip(Scope scope) {
        double min = scope.known(1).map(KnownTensor::scalar)
                .orElseGet(() -> scope.attributes().real("min", Double.NEGATIVE_INFINITY));
        double max = scope.known(2).map(KnownTensor::scalar)
                .orElseGet(() -> scope.attributes().real("max", Double.POSITIVE_INFINITY));
        if (min == 0 && max == Double.POSITIVE_INFINITY) {
            return relu(scope);
        }
        if (min == 0 && max == 6) {
            return function(scope, new Relu6(), new NoAttributes());
        }
        if (!(min <= max)) {
            throw ImportException.invalid("the lower bound " + min + " is above the upper bound " + max);
        }
        return function(scope, new Clip(), new Clip.Attributes(
                Math.max(min, -Float.MAX_VALUE), Math.min(max, Float.MAX_VALUE)));
    }

    /** max(0, min(1, alpha * x + beta)). */
    static Operand hardSigmoid(Scope scope) {
        Activation x = scope.real(0);
        double alpha = scope.attributes().real("alpha", 0.2);
        double beta = scope.attributes().real("beta", 0.5);
        Activation scaled = affine(scope, x, c -> alpha, c -> beta);
        return scaled.withSource(scope.add(new Clip(), new Clip.Attributes(0, 1), scaled.source()));
    }

    static Operand hardSwish(Scope scope) {
        return function(scope, new HardSwish(), new NoAttributes());
    }

    private static <A extends Record> Operand function(Scope scope, Operator<A> operator, A attributes) {
        Activation x = scope.real(0);
        return x.withSource(scope.add(operator, attributes, x.source()));
    }

    /** Passes the input on. */
    static Operand identity(Scope scope) {
        return scope.required(0);
    }

    static Operand dropout(Scope scope) {
        boolean training = scope.known(2).map(mode -> mode.scalar() != 0).orElse(false);
        if (training) {
            throw ImportException.unsupported("Dropout in training mode", "export the model for inference");
        }
        return scope.required(0);
    }

    /** Conversions between real types change nothing that the integers could show. */
    static Operand cast(Scope scope) {
        DataType to = DataType.of(scope.attributes().integer("to", 0));
        Activation x = scope.real(0);
        if (!to.isReal()) {
            throw ImportException.unsupported("a conversion to " + to, "only conversions between floats are supported");
        }
        return x;
    }

    static Operand batchNormalization(Scope scope) {
        if (scope.attributes().integer("training_mode", 0) != 0) {
            throw ImportException.unsupported("batch normalisation in training mode", "export the model for inference");
        }
        Activation x = scope.real(0);
        if (x.dims().size() < 2) {
            throw ImportException.invalid("batch normalisation of a tensor of rank " + x.dims().size());
        }
        int channels = x.dims().get(1);
        List<Integer> axes = new ArrayList<>(Activation.axes(x.dims().size()));
        axes.remove(Integer.valueOf(1));
        axes = Scope.withoutBatch(x.dims(), axes);
        axes.add(1);
        BatchNorm.Attributes attributes = new BatchNorm.Attributes(scope.attributes().real("epsilon", 1e-5));
        Layer<?> layer = Layer.plain(new BatchNorm(), attributes).withParameters(Map.of(
                "gamma", vector(scope, 1, channels), "beta", vector(scope, 2, channels),
                "mean", vector(scope, 3, channels), "variance", vector(scope, 4, channels)));
        return Activation.of(scope.add(layer, scope.stored(x, axes)), x.dims(), axes, false);
    }

    private static FloatTensor vector(Scope scope, int input, int channels) {
        KnownTensor tensor = scope.requiredKnown(input);
        if (tensor.size() != channels) {
            throw ImportException.invalid("input " + input + " has the shape " + tensor.dims() + " for " + channels
                    + " channels");
        }
        return vector(channels, tensor.elements());
    }

    private static FloatTensor vector(int channels, IntToDoubleFunction values) {
        FloatTensor vector = FloatTensor.zeros(Shape.of(channels));
        for (int c = 0; c < channels; c++) {
            vector.set(c, values.applyAsDouble(c));
        }
        return vector;
    }

    /** {@code factor(c) * x + offset(c)} for the index c along the last stored axis; keeps the order. */
    static Activation affine(Scope scope, Activation x, IntToDoubleFunction factor, IntToDoubleFunction offset) {
        int channels = x.source().shape().last();
        if (channels > MAX_CHANNELS) {
            throw ImportException.unsupported("a constant next to " + channels + " channels",
                    "at most " + MAX_CHANNELS + " channels are supported");
        }
        Layer<?> layer = Layer.plain(new BatchNorm(), new BatchNorm.Attributes(EPSILON)).withParameters(Map.of(
                "gamma", vector(channels, factor), "beta", vector(channels, offset),
                "mean", FloatTensor.zeros(Shape.of(channels)), "variance", vector(channels, c -> 1 - EPSILON)));
        return x.withSource(scope.add(layer, x.source()));
    }

}
