package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.FixedTensor;
import qcc.ops.Layer;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** Builds a TYPED graph. */
final class FloatEmitter implements Emitter {
    private final Span span;
    private final Names names = new Names();
    private final Names ports = new Names();
    private final Budget parameters = new Budget("parameters", Limits.MAX_PARAMETERS);
    private final List<Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private int nextId;

    FloatEmitter(Span span) {
        this.span = span;
    }

    @Override
    public Source input(String name, Shape shape) {
        Value value = Value.real(nextId++, names.unique(ports.unique(name)), Limits.check(shape));
        inputs.add(new Input(value, Optional.empty(), span));
        return new Source.Ready(value);
    }

    @Override
    public Source layer(OnnxNode origin, Layer<?> layer, List<Source> arguments) {
        List<Value> values = arguments.stream().map(source -> ((Source.Ready) source).value()).toList();
        Shape shape = Limits.check(layer.resultShape(values.stream().map(Value::shape).toList()));
        layer.parameters().forEach(FloatEmitter::requireFinite);
        String name = names.of(origin);
        Value value = Value.real(nextId++, name, shape);
        nodes.add(new Node(name, layer, values, value, span));
        return new Source.Ready(value);
    }

    @Override
    public Source constant(OnnxNode origin, FloatTensor values, Optional<Quantization> meaning) {
        parameters.take(values.size());
        return layer(origin, Layer.plain(new FixedTensor(), new FixedTensor.Attributes(values.shape()))
                .withParameters(Map.of(FixedTensor.VALUE, values)), List.of());
    }

    @Override
    public <A extends Record> Source weighted(OnnxNode origin, WeightedOperator<A> operator, A attributes,
            Weights weights, Source input) {
        parameters.take(weights.shape().size());
        Map<String, FloatTensor> arrays = new HashMap<>();
        FloatTensor weight = FloatTensor.zeros(weights.shape());
        for (int i = 0; i < weight.size(); i++) {
            weight.set(i, weights.array().get(weights.position().applyAsInt(i)) * weights.factor());
        }
        arrays.put(WeightedOperator.WEIGHT, weight);
        if (weights.bias().isPresent()) {
            FloatTensor bias = FloatTensor.zeros(Shape.of(weights.channels()));
            for (int c = 0; c < bias.size(); c++) {
                bias.set(c, weights.biasOf(c));
            }
            arrays.put(WeightedOperator.BIAS, bias);
        }
        return layer(origin, Layer.plain(operator, attributes).withParameters(arrays), List.of(input));
    }

    private static void requireFinite(String name, FloatTensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Float.isFinite(tensor.get(i))) {
                throw new ImportException(Code.E406, "its " + name + " holds the value " + tensor.get(i),
                        "export a model whose constants are finite");
            }
        }
    }

    @Override
    public Source quantize(OnnxNode origin, Source input, Quantization quantization) {
        throw new IllegalStateException("a model with QuantizeLinear is no real-valued model");
    }

    @Override
    public Source dequantize(Source input, Quantization quantization) {
        throw integers();
    }

    private static ImportException integers() {
        return ImportException.unsupported("integer activations in a model that does not quantise any",
                "export the model either entirely in floats or entirely quantised");
    }

    @Override
    public Quantization quantization(Source input) {
        throw integers();
    }

    @Override
    public void output(String name, Source source) {
        outputs.add(new Output(ports.unique(name), ((Source.Ready) source).value(), span));
    }

    Graph build(String name) {
        return new Graph(name, Stage.TYPED, inputs, nodes, outputs);
    }
}
