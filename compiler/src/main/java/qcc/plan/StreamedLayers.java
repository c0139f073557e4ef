package qcc.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.NoAttributes;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * Several layers as one operation, whose inputs are those that no layer among them computes.
 *
 * @param inputs read from outside
 * @param nodes  in topological order; the result is that of the last one
 */
record StreamedLayers(List<Value> inputs, List<Node> nodes) implements IntegerOperation {
    @Override
    public IntTensor evaluate(List<IntTensor> arguments) {
        Map<Integer, IntTensor> values = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(inputs.get(i).id(), arguments.get(i));
        }
        for (Node node : nodes) {
            values.put(node.output().id(), ((IntegerOperation) node.operation()).evaluate(
                    node.inputs().stream().map(value -> values.get(value.id())).toList()));
        }
        return values.get(nodes.get(nodes.size() - 1).output().id());
    }

    @Override
    public Record geometry() {
        return new NoAttributes();
    }

    @Override
    public long macs() {
        return nodes.stream().mapToLong(node -> ((IntegerOperation) node.operation()).macs()).sum();
    }

    @Override
    public String mnemonic() {
        return "rows";
    }

    @Override
    public String describe() {
        return "";
    }

    @Override
    public Shape resultShape(List<Shape> shapes) {
        return nodes.get(nodes.size() - 1).output().shape();
    }
}
