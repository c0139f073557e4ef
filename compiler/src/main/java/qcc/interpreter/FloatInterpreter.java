package qcc.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import qcc.ir.Graph;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.tensor.FloatTensor;

/** Runs TYPED and CALIBRATED graphs: single-precision tensors, sums in double precision. */
public final class FloatInterpreter {
    private FloatInterpreter() {
    }

    public static Evaluation<FloatTensor> run(Graph graph, List<FloatTensor> inputs) {
        return run(graph, inputs, (value, tensor) -> tensor);
    }

    /**
     * Runs a graph and passes every tensor through {@code observer}, whose result takes the tensor's place.
     *
     * @param observer called for each input and each result, in order
     */
    public static Evaluation<FloatTensor> run(Graph graph, List<FloatTensor> inputs,
            BiFunction<Value, FloatTensor, FloatTensor> observer) {
        List<FloatTensor> observed = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            observed.add(observer.apply(graph.inputs().get(i).value(), inputs.get(i)));
        }
        return new Evaluation<>(graph, observed, (node, arguments) ->
                observer.apply(node.output(), ((Layer<?>) node.operation()).evaluate(arguments)));
    }
}
