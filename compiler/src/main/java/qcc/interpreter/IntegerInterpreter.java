package qcc.interpreter;

import java.util.List;
import qcc.ir.Graph;
import qcc.ops.IntegerOperation;
import qcc.tensor.IntTensor;

/** Runs INTEGER graphs exactly: the definition that firmware is compared with. */
public final class IntegerInterpreter {
    private IntegerInterpreter() {
    }

    /** Inputs are int8 tensors; an overflow that the compiler should have excluded raises ArithmeticException. */
    public static Evaluation<IntTensor> run(Graph graph, List<IntTensor> inputs) {
        return new Evaluation<>(graph, inputs,
                (node, arguments) -> ((IntegerOperation) node.operation()).evaluate(arguments));
    }
}
