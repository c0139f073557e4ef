package qcc.passes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Operation;
import qcc.ir.Output;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.BatchNorm;
import qcc.ops.Constant;
import qcc.ops.IntegerOperation;
import qcc.ops.Layer;
import qcc.tensor.Shape;

/** Checks what must hold for a graph of each stage. A failure is a defect of the pass that ran before. */
public final class Verifier {
    private final Graph graph;
    private final Map<Integer, Value> defined = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private Verifier(Graph graph) {
        this.graph = graph;
    }

    /** Throws {@link IllegalStateException} naming the first violation. */
    public static void check(Graph graph) {
        new Verifier(graph).run();
    }

    private void run() {
        graph.inputs().forEach(input -> define(input.value(), input.value().name()));
        for (Node node : graph.nodes()) {
            for (Value input : node.inputs()) {
                require(defined.containsKey(input.id()), node.name(), "reads " + input + " before it is defined");
                require(defined.get(input.id()).equals(input), node.name(), "reads another " + input
                        + " than the one defined");
            }
            define(node.output(), node.name());
            List<Shape> shapes = node.inputs().stream().map(Value::shape).toList();
            require(node.operation().resultShape(shapes).equals(node.output().shape()), node.name(),
                    "has the shape " + node.output().shape() + " instead of " + node.operation().resultShape(shapes));
            checkOperation(node);
        }
        require(!graph.outputs().isEmpty(), graph.name(), "has no output");
        for (Output output : graph.outputs()) {
            require(defined.containsKey(output.value().id()), output.name(), "is never computed");
            require(defined.get(output.value().id()).equals(output.value()), output.name(), "is another "
                    + output.value() + " than the one defined");
        }
        if (graph.stage() == Stage.INTEGER) {
            NoFloats.check(graph);
        }
    }

    private void define(Value value, String owner) {
        require(defined.putIfAbsent(value.id(), value) == null, owner, "defines value " + value.id() + " again");
        require(names.add(owner), owner, "is not a unique name");
        require(value.shape().isReasonable(), owner, "has the shape " + value.shape());
        require(value.quantization().isPresent() == (graph.stage() != Stage.TYPED), owner,
                "has the quantisation " + value.quantization());
    }

    private void checkOperation(Node node) {
        Operation operation = node.operation();
        if (graph.stage() != Stage.INTEGER) {
            require(operation instanceof Layer<?>, node.name(), "is no real-valued layer");
            require(graph.stage() == Stage.TYPED
                    || !(((Layer<?>) operation).attributes() instanceof BatchNorm.Attributes), node.name(),
                    "is a batch normalisation that was not folded");
            return;
        }
        require(operation instanceof IntegerOperation, node.name(), "is no integer operation");
        IntegerOperation integer = (IntegerOperation) operation;
        integer.proveAccumulators();
        integer.constants().forEach(constant -> checkRange(node, constant));
    }

    private static void checkRange(Node node, Constant constant) {
        long low = constant.type().low();
        long high = constant.type().high();
        for (int i = 0; i < constant.data().size(); i++) {
            int value = constant.data().get(i);
            require(value >= low && value <= high, node.name(), constant.name() + "[" + i + "] = " + value
                    + " is no " + constant.type().spelling());
        }
    }

    private static void require(boolean condition, String where, String what) {
        if (!condition) {
            throw new IllegalStateException("verifier: " + where + " " + what);
        }
    }
}
