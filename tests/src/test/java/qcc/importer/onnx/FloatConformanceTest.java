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
import qcc.model.Model;
import qcc.passes.Verifier;
import qcc.tensor.FloatTensor;

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
