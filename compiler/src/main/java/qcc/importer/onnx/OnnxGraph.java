package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.importer.onnx.format.Onnx.GraphProto;
import qcc.importer.onnx.format.Onnx.ModelProto;
import qcc.importer.onnx.format.Onnx.NodeProto;
import qcc.importer.onnx.format.Onnx.OperatorSetIdProto;
import qcc.importer.onnx.format.Onnx.TensorProto;
import qcc.importer.onnx.format.Onnx.ValueInfoProto;

/**
 * The parts of a model file, without protobuf's forms.
 *
 * @param version      of the standard operators
 * @param nodes        in the file's order; operators on quantised tensors are expanded
 * @param initializers constants by name; they are decoded when they are asked for
 * @param inputs       what has to be given when the network runs
 * @param outputs      names of the results
 */
record OnnxGraph(int version, List<OnnxNode> nodes, Map<String, TensorProto> initializers,
        List<ValueInfoProto> inputs, List<String> outputs) {
    private static final int MIN_VERSION = 7;
    private static final int MAX_VERSION = 24;

    static OnnxGraph of(ModelProto model, TensorDecoder decoder) {
        GraphProto graph = model.getGraph();
        if (graph.getNodeCount() == 0 || graph.getOutputCount() == 0) {
            throw ImportException.invalid("the file holds no graph with nodes and outputs");
        }
        if (graph.getSparseInitializerCount() > 0) {
            throw ImportException.unsupported("sparse initialisers", "export dense weights");
        }
        if (graph.getNodeCount() > Limits.MAX_NODES || graph.getInputCount() + graph.getOutputCount()
                + graph.getInitializerCount() > Limits.MAX_NODES) {
            throw ImportException.unsupported("more than " + Limits.MAX_NODES + " nodes or constants",
                    "no microcontroller runs such a network");
        }
        Map<String, TensorProto> initializers = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        List<OnnxNode> nodes = new ArrayList<>();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            OnnxNode node = node(i, graph.getNode(i), decoder);
            nodes.addAll(QLinear.of(node).map(form -> form.expand(node)).orElse(List.of(node)));
        }
        return new OnnxGraph(version(model), nodes, initializers,
                graph.getInputList().stream().filter(input -> !initializers.containsKey(input.getName())).toList(),
                graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
    }

    private static OnnxNode node(int index, NodeProto proto, TensorDecoder decoder) {
        if (proto.getOutputCount() == 0 || proto.getOutput(0).isEmpty()) {
            throw ImportException.invalid("node " + index + " (" + proto.getOpType() + ") has no output");
        }
        String domain = proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain();
        return new OnnxNode(index, proto.getName(), proto.getOpType(), domain, proto.getInputList(),
                proto.getOutputList().stream().filter(output -> !output.isEmpty()).toList(),
                new Attributes(proto.getAttributeList(), decoder));
    }

    private static int version(ModelProto model) {
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
                if (set.getVersion() < MIN_VERSION || set.getVersion() > MAX_VERSION) {
                    throw ImportException.unsupported("version " + set.getVersion() + " of the operators",
                            "export with an opset from " + MIN_VERSION + " to " + MAX_VERSION);
                }
                return (int) set.getVersion();
            }
        }
        throw ImportException.invalid("the file does not say which version of the operators it uses");
    }

    /** True when the model computes with integers. */
    boolean isQuantized() {
        return nodes.stream().anyMatch(node -> node.operator().equals("QuantizeLinear")
                && !initializers.containsKey(node.inputs().isEmpty() ? "" : node.inputs().get(0)));
    }
}
