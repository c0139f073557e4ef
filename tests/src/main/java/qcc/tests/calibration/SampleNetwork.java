package qcc.tests.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.ConstantTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * A network of layers that have nothing to do with each other: each reads constants of its own, random numbers, for some
 * kernels take longer for some of them, and its result is an output.
 */
final class SampleNetwork {
    private static final Span NOWHERE = Span.wholeFile("samples");
    private static final Quantization ANY = new Quantization(Scale.powerOfTwo(0), 0);

    private final Random random = new Random(1);
    private final List<Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private int values;

    private SampleNetwork() {
    }

    static Graph of(List<LayerSample> samples) {
        SampleNetwork network = new SampleNetwork();
        network.inputs.add(new Input(network.value("unused", Shape.of(1)), Optional.empty(), NOWHERE));
        samples.forEach(network::add);
        return new Graph("samples", Stage.INTEGER, network.inputs, network.nodes, network.outputs);
    }

    private void add(LayerSample sample) {
        List<Value> operands = sample.inputs().stream().map(shape -> value("x", shape)).toList();
        operands.forEach(operand -> nodes.add(new Node("data" + nodes.size(), ConstantTensor.of(data(operand.shape())),
                List.of(), operand, NOWHERE)));
        Value result = value("y", sample.output());
        nodes.add(new Node("layer" + nodes.size(), sample.operation(), operands, result, NOWHERE));
        outputs.add(new Output(result.name(), result, NOWHERE));
    }

    private IntTensor data(Shape shape) {
        return new IntTensor(shape, random.ints(shape.size(), Quantization.MIN, Quantization.MAX + 1).toArray());
    }

    private Value value(String name, Shape shape) {
        int id = values++;
        return Value.real(id, name + id, shape).withQuantization(ANY);
    }
}
