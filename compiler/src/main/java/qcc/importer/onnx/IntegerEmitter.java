package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.BatchNorm;
import qcc.ops.ClampFunction;
import qcc.ops.Concat;
import qcc.ops.ConstantTensor;
import qcc.ops.IntegerOperation;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.Lookup;
import qcc.ops.Lowering;
import qcc.ops.OutputScale;
import qcc.ops.QuantizationException;
import qcc.ops.QuantizedWeights;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * Builds an INTEGER graph. A layer whose result has a scale of its own waits as {@link Source.Pending} until the
 * model says which; layers that only move values are emitted at once.
 */
final class IntegerEmitter implements Emitter {
    private final Span span;
    private final Names names = new Names();
    private final Names ports = new Names();
    private final Budget parameters = new Budget("parameters", Limits.MAX_PARAMETERS);
    private final List<Declared> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private int nextId;

    IntegerEmitter(Span span) {
        this.span = span;
    }

    /** An input; its value has a quantisation once somebody stated it. */
    private static final class Declared {
        private Value value;

        Declared(Value value) {
            this.value = value;
        }
    }

    @Override
    public Source input(String name, Shape shape) {
        inputs.add(new Declared(Value.real(nextId++, names.unique(ports.unique(name)), Limits.check(shape))));
        return new Source.GraphInput(inputs.size() - 1, shape);
    }

    @Override
    public Source layer(OnnxNode origin, Layer<?> layer, List<Source> arguments) {
        return typedLayer(origin, layer, arguments);
    }

    private <A extends Record> Source typedLayer(OnnxNode origin, Layer<A> layer, List<Source> arguments) {
        if (layer.operator() instanceof ClampFunction<A> clamp
                && arguments.get(0) instanceof Source.Pending pending && pending.fusesClamp()) {
            return pending.withClamp(clamp.bounds(layer.attributes()));
        }
        List<Value> values = arguments.stream().map(this::value).toList();
        Shape shape = Limits.check(layer.resultShape(values.stream().map(Value::shape).toList()));
        Source.Rule rule = rule(layer);
        OutputScale scale = layer.operator().outputScale(layer.attributes());
        boolean fusesClamp = layer.operator().fusesClamp() || layer.attributes() instanceof BatchNorm.Attributes;
        Source.Pending pending = new Source.Pending(origin, values, shape, rule, fusesClamp,
                Interval.ALL, exact(layer, scale, values),
                scale == OutputScale.FIXED ? Optional.of(layer.operator().fixedQuantization()) : Optional.empty());
        return scale == OutputScale.SAME_AS_INPUT ? new Source.Ready(value(pending)) : pending;
    }

    private static <A extends Record> Source.Rule rule(Layer<A> layer) {
        if (layer.attributes() instanceof BatchNorm.Attributes) {
            return UniformAffine.of(layer);
        }
        return (lowering, clamp) -> layer.operator().lower(layer.withClamp(layer.clamp().then(clamp)), lowering);
    }

    /** Layers that only move values need no other quantisation when all their inputs agree. */
    private static Optional<Quantization> exact(Layer<?> layer, OutputScale scale, List<Value> values) {
        Quantization first = values.get(0).quantized();
        boolean moves = scale == OutputScale.SAME_AS_INPUT || layer.operator() instanceof Concat;
        return moves && values.stream().allMatch(v -> v.quantized().equals(first)) ? Optional.of(first)
                : Optional.empty();
    }

    @Override
    public Source constant(OnnxNode origin, FloatTensor values, Optional<Quantization> meaning) {
        parameters.take(values.size());
        Quantization quantization = meaning.orElseThrow(() -> ImportException.unsupported(
                "a constant of the shape " + values.shape() + " that is not quantised, next to quantised activations",
                "quantise it with one scale, as QLinearAdd and DequantizeLinear do"));
        IntTensor data = IntTensor.zeros(values.shape());
        for (int i = 0; i < data.size(); i++) {
            data.set(i, quantization.quantize(values.get(i)));
        }
        return new Source.Ready(add(names.of(origin), ConstantTensor.of(data), List.of(), values.shape(),
                quantization));
    }

    @Override
    public <A extends Record> Source weighted(OnnxNode origin, WeightedOperator<A> operator, A attributes,
            Weights weights, Source input) {
        Value x = value(input);
        parameters.take(weights.shape().size());
        QuantizedWeights arrays = QuantizedArrays.of(weights, x.quantized().scale());
        Source.Rule rule = (lowering, clamp) -> operator.lower(attributes, arrays, clamp, lowering);
        Shape shape = Limits.check(operator.infer(attributes, List.of(x.shape())));
        return new Source.Pending(origin, List.of(x), shape, rule, true, Interval.ALL, Optional.empty(),
                Optional.empty());
    }

    @Override
    public Source quantize(OnnxNode origin, Source input, Quantization quantization) {
        if (input instanceof Source.GraphInput declared && !isStated(declared)) {
            return dequantize(input, quantization);
        }
        if (input instanceof Source.Pending pending && pending.exact().isEmpty()) {
            return new Source.Ready(emit(pending, quantization));
        }
        Value x = value(input);
        if (x.quantized().equals(quantization)) {
            return new Source.Ready(x);
        }
        Lookup rescale = Lookup.rescale(x.quantized(), quantization, x.shape().size());
        return new Source.Ready(add(names.of(origin), rescale, List.of(x), x.shape(), quantization));
    }

    @Override
    public Source dequantize(Source input, Quantization quantization) {
        if (input instanceof Source.GraphInput declared && !isStated(declared)) {
            Declared target = inputs.get(declared.index());
            target.value = target.value.withQuantization(quantization);
        }
        Value x = value(input);
        if (!x.quantized().equals(quantization)) {
            throw ImportException.unsupported("integers that were quantised as " + x.quantized()
                    + " are dequantised as " + quantization, "use the same scale and zero point on both sides");
        }
        return new Source.Ready(x);
    }

    private boolean isStated(Source.GraphInput declared) {
        return inputs.get(declared.index()).value.quantization().isPresent();
    }

    @Override
    public Quantization quantization(Source input) {
        return value(input).quantized();
    }

    /** The value of a source; an unquantised one is refused. */
    private Value value(Source source) {
        if (source instanceof Source.Ready ready) {
            return ready.value();
        }
        if (source instanceof Source.GraphInput declared) {
            return Optional.of(inputs.get(declared.index()).value).filter(v -> v.quantization().isPresent())
                    .orElseThrow(() -> ImportException.unsupported("an input of the model is used without having been "
                            + "quantised", "quantise it first: qcc cannot mix real and integer layers"));
        }
        Source.Pending pending = (Source.Pending) source;
        return emit(pending, pending.exact().orElseThrow(() -> ImportException.unsupported(
                "the result of " + pending.origin() + " is used without having been quantised",
                "quantise every activation: qcc cannot mix real and integer layers")));
    }

    private Value emit(Source.Pending pending, Quantization quantization) {
        try {
            return pending.rule().lower(new OriginLowering(pending.origin(), pending.inputs(), quantization, this),
                    pending.clamp());
        } catch (QuantizationException e) {
            throw ImportException.unsupported(e.getMessage(), e.help());
        }
    }

    private Value add(String name, IntegerOperation operation, List<Value> arguments, Shape shape,
            Quantization quantization) {
        operation.proveAccumulators();
        Value value = Value.real(nextId++, name, shape).withQuantization(quantization);
        nodes.add(new Node(name, operation, arguments, value, span));
        return value;
    }

    @Override
    public void output(String name, Source source) {
        Value value = source instanceof Source.Pending pending && pending.exact().isEmpty()
                && pending.customary().isPresent() ? emit(pending, pending.customary().get()) : value(source);
        outputs.add(new Output(ports.unique(name), value, span));
    }

    Graph build(String name) {
        for (Declared declared : inputs) {
            if (declared.value.quantization().isEmpty()) {
                throw ImportException.unsupported("the input `" + declared.value.name() + "` is never quantised",
                        "remove inputs that nothing reads");
            }
        }
        return new Graph(name, Stage.INTEGER,
                inputs.stream().map(declared -> new Input(declared.value, Optional.empty(), span)).toList(), nodes,
                outputs);
    }

    /** What a layer's quantisation rule sees. */
    private record OriginLowering(OnnxNode origin, List<Value> inputs, Quantization output, IntegerEmitter emitter)
            implements Lowering {

        @Override
        public LayerScheme scheme() {
            return LayerScheme.DEFAULT;
        }

        @Override
        public Value emit(IntegerOperation operation, List<Value> arguments, Shape shape, Quantization quantization) {
            return emitter.add(emitter.names.of(origin), operation, arguments, shape, quantization);
        }

        @Override
        public Value emitHelper(String role, IntegerOperation operation, List<Value> arguments, Shape shape,
                Quantization quantization) {
            return emitter.add(emitter.names.unique(origin.name() + "_" + role), operation, arguments, shape,
                    quantization);
        }
    }
}
