package qcc.importer.tflite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.TensorType;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Operation;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.ConstantTensor;
import qcc.ops.FixedTensor;
import qcc.ops.IntegerOperation;
import qcc.ops.Layer;
import qcc.ops.OverflowException;
import qcc.ops.Reshape;
import qcc.ops.ShapeException;
import qcc.ops.View;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Makes a graph of a model: INTEGER when its operators compute with int8, else TYPED. */
final class GraphImporter {
    private final ModelFile file;
    private final RoundingSteps steps;
    private final Span span;
    private final Diagnostics diagnostics;
    private final boolean integer;
    private final Constants constants = new Constants();
    private final Names names = new Names();
    private final Map<Integer, Value> values = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private int nextId;

    GraphImporter(ModelFile file, RoundingSteps steps, Span span, Diagnostics diagnostics) {
        this.file = file;
        this.steps = steps;
        this.span = span;
        this.diagnostics = diagnostics;
        this.integer = file.operators().stream().anyMatch(this::computesInIntegers);
    }

    private boolean computesInIntegers(OperatorInfo operator) {
        return operator.code() != BuiltinOperator.QUANTIZE && operator.code() != BuiltinOperator.DEQUANTIZE
                && operator.inputs().stream().filter(i -> i >= 0).map(this::tensor)
                        .anyMatch(tensor -> tensor.is(TensorType.INT8) && !tensor.isConstant());
    }

    /** The graph; what is not supported has been reported. */
    Graph read(String name) {
        List<Integer> inputs = new ArrayList<>();
        file.inputs().forEach(index -> guarded("input " + index, () -> inputs.add(input(index))));
        file.operators().forEach(this::convert);
        List<Output> outputs = new ArrayList<>();
        file.outputs().forEach(index -> guarded("output " + index, () -> outputs.add(output(index))));
        if (outputs.isEmpty() && !diagnostics.hasErrors()) {
            throw new MalformedModel("it has no outputs");
        }
        List<Input> ports = inputs.stream().map(index -> new Input(values.get(index), Optional.empty(), span)).toList();
        return new Graph(name, integer ? Stage.INTEGER : Stage.TYPED, ports, nodes, outputs);
    }

    private void convert(OperatorInfo info) {
        String tensor = info.outputs().isEmpty() ? "" : tensor(info.outputs().get(0)).name();
        Call call = new Call(this, info, names.layer(tensor, Converters.name(info)));
        guarded(call.toString(), () -> Converters.find(info).convert(call));
        info.outputs().stream().filter(index -> !constants.isKnown(tensor(index)))
                .forEach(index -> values.computeIfAbsent(index, this::placeholder));
    }

    /** Reports what is not supported, and goes on. */
    private void guarded(String what, Runnable conversion) {
        try {
            conversion.run();
        } catch (Unsupported e) {
            diagnostics.report(Diagnostic.of(e.code(), span, what + ": " + e.getMessage()).help(e.help()));
        } catch (ShapeException e) {
            diagnostics.report(Diagnostic.of(Code.E903, span, what + ": " + e.getMessage()).help(e.help()));
        } catch (OverflowException e) {
            diagnostics.report(Diagnostic.of(Code.E501, span, what + ": " + e.getMessage())
                    .help("use smaller or fewer weights, or split the layer"));
        }
    }

    /** Stands for the result of an operator that was refused, so that those after it can be looked at. */
    private Value placeholder(int index) {
        Shape shape;
        try {
            shape = Tensors.shape(tensor(index));
        } catch (Unsupported e) {
            shape = Shape.of(1);
        }
        Value value = Value.real(nextId++, "", shape);
        return integer ? value.withQuantization(new Quantization(Scale.powerOfTwo(0), 0)) : value;
    }

    private Integer input(int index) {
        // A float input that is quantised first: the firmware takes the integers.
        int source = integer ? quantizedForm(index) : index;
        TensorInfo tensor = tensor(source);
        Value value = Value.real(nextId++, names.port(tensor(index).name(), "input"), Tensors.shape(tensor));
        if (integer) {
            value = value.withQuantization(Tensors.quantization(tensor));
        } else {
            requireFloat(tensor);
        }
        values.put(index, value);
        return index;
    }

    private int quantizedForm(int index) {
        return file.operators().stream()
                .filter(o -> o.code() == BuiltinOperator.QUANTIZE && o.inputs().equals(List.of(index))
                        && o.outputs().size() == 1 && tensor(index).is(TensorType.FLOAT32))
                .findFirst().map(o -> o.outputs().get(0)).orElse(index);
    }

    private Output output(int index) {
        Value value = value(tensor(index));
        return new Output(names.port(tensor(index).name(), "output"), value, span);
    }

    private static void requireFloat(TensorInfo tensor) {
        if (!tensor.is(TensorType.FLOAT32)) {
            throw new Unsupported("tensor " + tensor + " is not float32", "in a float model, all activations are");
        }
    }

    boolean isInteger() {
        return integer;
    }

    RoundingSteps steps() {
        return steps;
    }

    Constants constants() {
        return constants;
    }

    TensorInfo tensor(int index) {
        return file.tensors().get(index);
    }

    /** False for a tensor that exists as an output of the network only. */
    boolean isReadByOperators(TensorInfo tensor) {
        return file.operators().stream().anyMatch(o -> o.inputs().contains(tensor.index()));
    }

    boolean isNetworkInput(TensorInfo tensor) {
        return file.inputs().contains(tensor.index());
    }

    /** Gives a tensor the value of another. */
    void alias(TensorInfo tensor, Value value) {
        values.put(tensor.index(), value);
    }

    /** The value of a tensor; a constant becomes a node. */
    Value value(TensorInfo tensor) {
        Value value = values.get(tensor.index());
        if (value == null && constants.isKnown(tensor)) {
            value = constant(tensor);
        }
        if (value == null) {
            throw new MalformedModel("tensor " + tensor + " is read before it is computed");
        }
        return value;
    }

    private Value constant(TensorInfo tensor) {
        Shape shape = Tensors.shape(tensor);
        Operation operation = integer ? ConstantTensor.of(new IntTensor(shape, constants.integers(tensor)))
                : Layer.plain(new FixedTensor(), new FixedTensor.Attributes(shape))
                        .withParameters(Map.of(FixedTensor.VALUE, new FloatTensor(shape, constants.reals(tensor))));
        Value value = append(names.layer(tensor.name(), "constant"), operation, List.of(),
                integer ? Optional.of(Tensors.quantization(tensor)) : Optional.empty());
        values.put(tensor.index(), value);
        return value;
    }

    /** Appends the node that computes a tensor of the file. */
    void emit(String name, TensorInfo tensor, Operation operation, List<Value> inputs) {
        if (values.containsKey(tensor.index())) {
            throw new MalformedModel("tensor " + tensor + " is computed twice");
        }
        Optional<Quantization> quantization = Optional.empty();
        if (integer) {
            quantization = Optional.of(Tensors.quantization(tensor));
        } else {
            requireFloat(tensor);
        }
        Shape wanted = Tensors.shape(tensor);
        Shape actual = operation.resultShape(inputs.stream().map(Value::shape).toList());
        if (actual.size() != wanted.size()) {
            throw new MalformedModel("tensor " + tensor + " is computed with the shape " + actual);
        }
        Value value = append(name, operation, inputs, quantization);
        values.put(tensor.index(), actual.equals(wanted) ? value : reshaped(value, wanted, name + "_view"));
    }

    /** Appends the integer form of a layer that only moves values. */
    <A extends Record> void lower(String name, TensorInfo tensor, Layer<A> layer, List<Value> inputs) {
        layer.resultShape(inputs.stream().map(Value::shape).toList());
        layer.operator().lower(layer, new TensorLowering(this, name, tensor, inputs));
    }

    /** Appends a node. */
    Value append(String name, Operation operation, List<Value> inputs, Optional<Quantization> quantization) {
        if (operation instanceof IntegerOperation exact) {
            exact.proveAccumulators();
        }
        Shape shape = operation.resultShape(inputs.stream().map(Value::shape).toList());
        Value value = new Value(nextId++, name, shape, quantization);
        nodes.add(new Node(name, operation, inputs, value, span));
        return value;
    }

    /** A name for a node beside an operator's own. */
    String unique(String wanted) {
        return names.unique(wanted);
    }

    /** A value under another shape of the same size. */
    Value reshaped(Value value, Shape shape, String name) {
        if (value.shape().equals(shape)) {
            return value;
        }
        Operation operation = integer ? View.of(shape) : Layer.plain(new Reshape(), new Reshape.Attributes(shape));
        return append(names.unique(name), operation, List.of(value), value.quantization());
    }
}
