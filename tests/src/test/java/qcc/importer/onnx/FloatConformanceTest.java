package qcc.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.importer.onnx.format.Onnx.ModelProto;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Output;
import qcc.model.Model;
import qcc.passes.Verifier;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** Real-valued models compute in qcc what they compute in ONNX Runtime. */
class FloatConformanceTest {
    /** Relative to the largest element: single precision, sums of some hundred products in another order. */
    private static final double FLOAT_ERROR = 2e-6;

    static List<FloatCases.Case> cases() {
        return FloatCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithOnnxRuntime(FloatCases.Case test) {
        ModelProto proto = test.model().build();
        List<Integer> dims = proto.getGraph().getInput(0).getType().getTensorType().getShape().getDimList().stream()
                .map(dim -> (int) dim.getDimValue()).toList();
        Random random = new Random(7);
        List<Double> x = new ArrayList<>();
        for (int i = 0; i < KnownTensor.sizeOf(dims); i++) {
            x.add((double) (float) (random.nextGaussian() * 2));
        }
        Oracle.Tensor expected = Oracle.run(proto.toByteArray(), Map.of("x", new Oracle.Tensor(dims, x)),
                Map.of("x", OnnxModel.FLOAT)).get(0);

        Model model = Imported.model(proto.toByteArray());
        Verifier.check(model.graph());
        List<Double> stored = Imported.permute(x, dims, test.input());
        FloatTensor input = FloatTensor.zeros(model.graph().inputs().get(0).value().shape());
        for (int i = 0; i < stored.size(); i++) {
            input.set(i, stored.get(i));
        }
        FloatTensor actual = FloatInterpreter.run(model.graph(), List.of(input)).outputs().get(0);

        List<Double> wanted = Imported.permute(expected.values(), expected.dims(), test.output());
        double largest = wanted.stream().mapToDouble(Math::abs).max().orElse(0);
        assertThat(actual.size()).isEqualTo(wanted.size());
        assertThat(actual.shape().dims().stream().filter(d -> d > 1).toList()).isEqualTo(
                test.output().stream().map(expected.dims()::get).filter(d -> d > 1).toList());
        for (int i = 0; i < wanted.size(); i++) {
            assertThat((double) actual.get(i)).as("element %d", i)
                    .isCloseTo(wanted.get(i), within(FLOAT_ERROR * Math.max(1, largest)));
        }
    }

    @Test
    void severalInputsAndOutputs() {
        byte[] model = new OnnxModel(13).input("a", OnnxModel.FLOAT, 1, 4).input("b", OnnxModel.FLOAT, 1, 4)
                .node("Sub", "difference", Map.of(), "a", "b").node("Mul", "product", Map.of(), "difference", "b")
                .output("product", OnnxModel.FLOAT).output("difference", OnnxModel.FLOAT).bytes();
        Oracle.Tensor a = new Oracle.Tensor(List.of(1, 4), List.of(1.0, -2.0, 3.5, 0.0));
        Oracle.Tensor b = new Oracle.Tensor(List.of(1, 4), List.of(0.5, 4.0, -1.0, 7.0));
        List<Oracle.Tensor> expected = Oracle.run(model, Map.of("a", a, "b", b),
                Map.of("a", OnnxModel.FLOAT, "b", OnnxModel.FLOAT));
        Graph graph = Imported.model(model).graph();
        assertThat(graph.inputs()).extracting(input -> input.value().name()).containsExactly("a", "b");
        assertThat(graph.outputs()).extracting(Output::name).containsExactly("product", "difference");
        List<FloatTensor> actual = FloatInterpreter.run(graph, List.of(tensor(a), tensor(b))).outputs();
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).isEqualTo(tensor(expected.get(i)));
        }
    }

    private static FloatTensor tensor(Oracle.Tensor vector) {
        FloatTensor tensor = FloatTensor.zeros(Shape.of(vector.values().size()));
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, vector.values().get(i));
        }
        return tensor;
    }

    @Test
    void transposesOfChannelLastModelsCostNothing() {
        FloatCases.Case test = FloatCases.all().stream()
                .filter(c -> c.name().equals("channel last with transposes")).findFirst().orElseThrow();
        assertThat(Imported.model(test.model().bytes()).graph().nodes())
                .extracting(node -> node.operation().mnemonic()).containsExactly("conv2d", "relu");
    }

    @Test
    void flattenBeforeADenseLayerCostsNothing() {
        FloatCases.Case test = FloatCases.all().stream()
                .filter(c -> c.name().equals("shape arithmetic around a flatten")).findFirst().orElseThrow();
        assertThat(Imported.model(test.model().bytes()).graph().nodes())
                .extracting(node -> node.operation().mnemonic()).containsExactly("conv2d", "max_pool", "dense");
    }
}
