package qcc.importer.onnx;

import java.util.List;

/**
 * A node as the file holds it.
 *
 * @param index      position in the file
 * @param name       may be empty
 * @param operator   the type of the operator
 * @param domain     of the operator; empty for the standard operators
 * @param inputs     names of values; empty for optional inputs that are not given
 * @param outputs    names of values; empty for optional outputs that are not wanted
 * @param attributes by name
 */
record OnnxNode(int index, String name, String operator, String domain, List<String> inputs, List<String> outputs,
        Attributes attributes) {

    OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** A node that an importer makes from a part of this one. */
    OnnxNode part(String otherOperator, List<String> otherInputs, List<String> otherOutputs) {
        return new OnnxNode(index, name, otherOperator, "", otherInputs, otherOutputs, attributes);
    }

    OnnxNode withAttributes(Attributes others) {
        return new OnnxNode(index, name, operator, domain, inputs, outputs, others);
    }

    /** How messages call the node. */
    @Override
    public String toString() {
        return "node " + index + (name.isEmpty() ? "" : " `" + name + "`") + " (" + operator + ")";
    }
}
