package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.importer.onnx.format.Onnx.TensorProto;
import qcc.importer.onnx.format.Onnx.TensorShapeProto.Dimension;
import qcc.importer.onnx.format.Onnx.TypeProto;
import qcc.importer.onnx.format.Onnx.ValueInfoProto;
import qcc.ops.OverflowException;
import qcc.ops.QuantizationException;
import qcc.ops.ShapeException;
import qcc.tensor.Shape;

/** Walks the nodes of a file and adds what they mean to a graph. Everything that is wrong is reported in one run. */
final class OnnxImporter {
    private final OnnxGraph graph;
    private final TensorDecoder decoder;
    private final Emitter emitter;
    private final Diagnostics diagnostics;
    private final Span span;
    private final Map<String, Operand> operands = new HashMap<>();
    private final Budget computed = new Budget("constants that are computed from others", Limits.MAX_COMPUTED);

    OnnxImporter(OnnxGraph graph, TensorDecoder decoder, Emitter emitter, Diagnostics diagnostics, Span span) {
        this.graph = graph;
        this.decoder = decoder;
        this.emitter = emitter;
        this.diagnostics = diagnostics;
        this.span = span;
    }

    /** Fills the emitter; errors are in the diagnostics. */
    void run() {
        InputLayout layout = new InputLayout(graph.nodes());
        for (ValueInfoProto input : graph.inputs()) {
            attempt("input `" + input.getName() + "`", () -> operands.put(input.getName(), declare(input, layout)))
                    .ifPresent(problem -> operands.put(input.getName(), new Unknown()));
        }
        for (OnnxNode node : graph.nodes()) {
            if (attempt(node.toString(), () -> run(node)).isPresent()) {
                node.outputs().forEach(output -> operands.put(output, new Unknown()));
            }
        }
        for (String output : graph.outputs()) {
            attempt("output `" + output + "`", () -> output(output));
        }
    }

    private Activation declare(ValueInfoProto input, InputLayout layout) {
        TypeProto.Tensor type = input.getType().getTensorType();
        DataType elements = DataType.of(type.getElemType());
        if (!elements.isReal() && !elements.isByte()) {
            throw ImportException.unsupported("its elements have the type " + elements, "use float, int8 or uint8");
        }
        List<Integer> dims = new ArrayList<>();
        for (Dimension dim : type.getShape().getDimList()) {
            dims.add(extent(dims.size(), type.getShape().getDimCount(), dim));
        }
        if (dims.isEmpty()) {
            throw ImportException.unsupported("its shape is not stated", "export the model with fixed input shapes");
        }
        List<Integer> axes = layout.axes(input.getName(), dims);
        Shape shape = Limits.check(new Shape(Activation.extents(dims, axes)));
        return Activation.of(emitter.input(input.getName(), shape), dims, axes, elements.isByte());
    }

    /** An open or missing batch size is 1; every other extent must be stated. */
    private static int extent(int axis, int rank, Dimension dim) {
        boolean open = !dim.hasDimValue() || dim.getDimValue() <= 0;
        if (open && (axis > 0 || rank == 1)) {
            throw ImportException.unsupported("axis " + axis + " has the open extent `" + dim.getDimParam() + "`",
                    "export the model with fixed input shapes; only the batch size may be open");
        }
        if (!open && axis == 0 && rank > 1 && dim.getDimValue() != 1) {
            throw ImportException.unsupported("its batch size is " + dim.getDimValue(),
                    "export the model with a batch size of 1");
        }
        return open ? 1 : (int) Math.min(dim.getDimValue(), Integer.MAX_VALUE);
    }

    private void run(OnnxNode node) {
        if (!NodeImporters.knows(node)) {
            throw new ImportException(Code.E902, "the operator is not supported"
                    + (node.domain().isEmpty() ? "" : " (domain " + node.domain() + ")"),
                    "replace it by supported operators, or split the model before it");
        }
        if (node.inputs().size() > Limits.MAX_OPERANDS) {
            throw ImportException.unsupported(node.inputs().size() + " inputs", "at most " + Limits.MAX_OPERANDS
                    + " are supported");
        }
        List<Operand> arguments = new ArrayList<>();
        for (String name : node.inputs()) {
            arguments.add(name.isEmpty() ? null : operand(name));
        }
        boolean unknown = arguments.stream().anyMatch(Unknown.class::isInstance);
        Scope scope = new Scope(node, arguments, graph.version(), emitter);
        define(node.outputs().get(0), unknown ? new Unknown() : importer(node, arguments).run(scope));
        for (int i = 1; i < node.outputs().size(); i++) {
            define(node.outputs().get(i), scope.further(i));
        }
    }

    private void define(String name, Operand operand) {
        if (operands.putIfAbsent(name, settled(operand)) != null) {
            throw ImportException.invalid("the value `" + name + "` is defined twice");
        }
    }

    /** Nodes that read nothing but constants are computed now. */
    private static NodeImporter importer(OnnxNode node, List<Operand> arguments) {
        boolean constant = !arguments.isEmpty()
                && arguments.stream().allMatch(operand -> operand == null || operand instanceof KnownTensor);
        Optional<NodeImporter> folding = constant ? Folding.of(node.operator()) : Optional.empty();
        return folding.or(() -> NodeImporters.of(node)).orElseThrow(() -> ImportException.unsupported(
                "the operator is only supported for constants", "replace it by supported operators"));
    }

    /** Constants are computed once, where they are defined. */
    private Operand settled(Operand operand) {
        if (!(operand instanceof KnownTensor tensor)) {
            return operand;
        }
        computed.take(tensor.size());
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i);
        }
        return new KnownTensor(tensor.dims(), tensor.type(), i -> values[i], tensor.origin());
    }

    private Operand operand(String name) {
        Operand known = operands.get(name);
        if (known != null) {
            return known;
        }
        TensorProto initializer = graph.initializers().get(name);
        if (initializer == null) {
            throw ImportException.invalid("the value `" + name + "` is read before any node defines it");
        }
        KnownTensor decoded = decoder.decode(initializer);
        operands.put(name, decoded);
        return decoded;
    }

    /** Results are stored as they are where that is row-major or channel-last, else in row-major order. */
    private void output(String name) {
        Operand operand = operand(name);
        if (operand instanceof Unknown) {
            return;
        }
        if (!(operand instanceof Activation activation)) {
            throw ImportException.unsupported("it is a constant", "remove the output");
        }
        List<Integer> axes = outputAxes(activation);
        Scope scope = new Scope(new OnnxNode(graph.nodes().size(), name, "Transpose", "", List.of(), List.of(),
                Attributes.NONE), List.of(), graph.version(), emitter);
        emitter.output(name, scope.stored(activation, axes));
    }

    /** The axes of a result in the order in which it is stored. */
    static List<Integer> outputAxes(Activation activation) {
        List<Integer> dims = activation.dims();
        boolean image = dims.size() == Images.RANK && !activation.isReshaped()
                && activation.order().equals(Activation.moving(dims, Images.ORDER));
        List<Integer> axes = image ? List.of(0, 2, 3, 1) : Activation.axes(dims.size());
        return Scope.withoutBatch(dims, axes);
    }

    /** Runs a step; a problem is reported with the place, and returned. */
    private Optional<Diagnostic> attempt(String place, Runnable step) {
        Optional<Diagnostic> problem = Optional.empty();
        try {
            step.run();
        } catch (ImportException e) {
            problem = Optional.of(Diagnostic.of(e.code(), span, place + ": " + e.getMessage()).help(e.help()));
        } catch (ShapeException e) {
            problem = Optional.of(Diagnostic.of(Code.E903, span, place + ": " + e.getMessage()).help(e.help()));
        } catch (QuantizationException e) {
            problem = Optional.of(Diagnostic.of(Code.E502, span, place + ": " + e.getMessage()).help(e.help()));
        } catch (OverflowException e) {
            problem = Optional.of(Diagnostic.of(Code.E501, span, place + ": " + e.getMessage())
                    .help("use smaller or fewer weights, or split the layer"));
        } catch (ArithmeticException e) {
            problem = Optional.of(Diagnostic.of(Code.E901, span, place + ": a number is impossibly large")
                    .help("the file is damaged or was written by a faulty program"));
        }
        problem.ifPresent(diagnostics::report);
        return problem;
    }
}
