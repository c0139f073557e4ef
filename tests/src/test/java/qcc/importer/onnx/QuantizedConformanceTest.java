package qcc.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.model.Model;
import qcc.passes.Verifier;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;

/**
 * Quantised models compute in qcc what they compute in ONNX Runtime, to the last bit. The exceptions are results whose
 * real value lies so near the middle between two integers that single precision cannot tell which is nearer: ONNX
 * Runtime multiplies in floats and rounds ties to even, qcc multiplies by an integer of 32 bits and rounds ties up.
 * Every result of qcc, whether the two agree or not, is the integer that is nearest to the real value.
 */
class QuantizedConformanceTest {
    /** How far from the middle, in steps of the result, rounding may differ: the accuracy of a float at 255 steps. */
    private static final double TIE = 255 * 1e-6;
    /** How well the real value is known, in steps of the result: operands are floats, and so is the value itself. */
    private static final double RESOLUTION = 2e-4;
    private static final int RUNS = 4;

    static List<QuantizedCase> cases() {
        List<Integer> image = List.of(1, 4, 7, 6);
        List<QuantizedCase> cases = new ArrayList<>();
        QuantizedCase conv = QuantizedCase.of("Conv", "QLinearConv", 0.9, List.of(image));
        cases.add(conv.weighted(List.of(5, 4, 3, 3), 0, 5));
        cases.add(conv.weighted(List.of(5, 4, 2, 3), -1, 0).with(Map.of("pads", List.of(1, 0, 0, 2),
                "strides", List.of(2, 1))));
        cases.add(conv.weighted(List.of(8, 1, 3, 3), 0, 8).with(Map.of("group", 4, "pads", List.of(1, 1, 1, 1))));
        cases.add(conv.weighted(List.of(6, 2, 3, 2), 0, 6).with(Map.of("group", 2, "dilations", List.of(2, 1))));
        cases.add(conv.weighted(List.of(5, 4, 1, 1), 0, 5).followedBy("Relu"));
        cases.add(QuantizedCase.of("MatMul", "QLinearMatMul", 0.7, List.of(List.of(1, 30)))
                .weighted(List.of(30, 9), -1, 0));
        cases.add(QuantizedCase.of("MatMul", "QLinearMatMul", 0.7, List.of(List.of(1, 5, 12)))
                .weighted(List.of(12, 7), 1, 0));
        cases.add(QuantizedCase.of("Gemm", "com.microsoft.QGemm", 0.7, List.of(List.of(1, 30)))
                .weighted(List.of(9, 30), 0, 9).with(Map.of("transB", 1)));
        List<Integer> vector = List.of(1, 1, 40, 50);
        cases.add(QuantizedCase.of("Add", "com.microsoft.QLinearAdd", 0.06, List.of(vector, vector)));
        cases.add(QuantizedCase.of("Mul", "com.microsoft.QLinearMul", 0.11, List.of(vector, vector)));
        cases.add(QuantizedCase.of("Sub", "", 0.06, List.of(image, image)));
        cases.add(QuantizedCase.of("Add", "com.microsoft.QLinearAdd", 0.06, List.of(image, List.of(1, 4, 1, 1))));
        cases.add(QuantizedCase.of("Add", "com.microsoft.QLinearAdd", 0.06, List.of(image))
                .weighted(List.of(1, 4, 7, 6), -1, 0));
        cases.add(QuantizedCase.of("Mul", "com.microsoft.QLinearMul", 0.02, List.of(image))
                .weighted(List.of(4, 1, 1), -1, 0));
        cases.add(QuantizedCase.of("AveragePool", "com.microsoft.QLinearAveragePool", 0.03, List.of(image))
                .with(Map.of("kernel_shape", List.of(3, 2), "pads", List.of(1, 0, 1, 0), "strides", List.of(2, 2))));
        cases.add(QuantizedCase.of("GlobalAveragePool", "com.microsoft.QLinearGlobalAveragePool", 0.02,
                List.of(List.of(1, 40, 7, 6))).with(Map.of()));
        cases.add(QuantizedCase.of("MaxPool", "", 0.037, List.of(image)).with(Map.of("kernel_shape", List.of(2, 2))));
        cases.add(QuantizedCase.of("Sigmoid", "com.microsoft.QLinearSigmoid", 0.007, List.of(image)));
        cases.add(QuantizedCase.of("Tanh", "", 0.009, List.of(image)));
        cases.add(QuantizedCase.of("LeakyRelu", "com.microsoft.QLinearLeakyRelu", 0.03, List.of(image))
                .with(Map.of("alpha", 0.13)));
        cases.add(QuantizedCase.of("HardSigmoid", "", 0.007, List.of(image)));
        cases.add(QuantizedCase.of("Relu", "", 0.037, List.of(image)));
        cases.add(QuantizedCase.of("Concat", "com.microsoft.QLinearConcat", 0.05, List.of(image, image, image))
                .with(Map.of("axis", 1)));
        cases.add(QuantizedCase.of("Transpose", "", 0.05, List.of(image)).with(Map.of("perm", List.of(0, 2, 3, 1))));
        cases.add(QuantizedCase.of("HardSwish", "", 0.03, List.of(image)));
        cases.add(QuantizedCase.of("ReduceMean", "", 0.03, List.of(image))
                .with(Map.of("axes", List.of(2, 3), "keepdims", 1)));
        cases.add(QuantizedCase.of("Flatten", "", 0.037, List.of(image)));
        List<Integer> rows = List.of(1, 6, 11);
        for (int steps : new int[] {256, 213, 9}) {
            cases.add(QuantizedCase.of("Softmax", "com.microsoft.QLinearSoftmax", 1.0 / steps, List.of(rows))
                    .with(Map.of("axis", 2)));
        }
        // Not as QLinearSoftmax: ONNX Runtime's kernel takes the integer below 1 / scale for that quotient.
        for (double scale : new double[] {0.0047, 0.11, 0.7}) {
            cases.add(QuantizedCase.of("Softmax", "", scale, List.of(rows)).with(Map.of("axis", 2)));
        }
        cases.add(QuantizedCase.of("Softmax", "", 1.0 / 256, List.of(List.of(1, 2, 200))).with(Map.of("axis", 2)));
        return cases.stream().flatMap(c -> c.forms().stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithOnnxRuntime(QuantizedCase test) {
        byte[] bytes = test.model().bytes();
        Model model = Imported.model(bytes);
        Verifier.check(model.graph());
        Random random = new Random(11);
        for (int run = 0; run < RUNS; run++) {
            Map<String, Oracle.Tensor> inputs = inputs(test, random, run);
            List<Double> expected = ordered(test, Oracle.run(bytes, inputs, types(test)).get(0));
            List<IntTensor> stored = new ArrayList<>();
            for (int i = 0; i < test.inputs().size(); i++) {
                stored.add(stored(test, model, i, ordered(test, inputs.get("x" + i))));
            }
            IntTensor actual = IntegerInterpreter.run(model.graph(), stored).outputs().get(0);
            assertThat(actual.size()).isEqualTo(expected.size());
            FloatTensor real = real(test, inputs);
            for (int i = 0; i < actual.size(); i++) {
                double steps = real.get(i) / (float) test.scale() + test.outputZero() - test.offset();
                double other = expected.get(i) - test.offset();
                assertThat((double) actual.get(i)).as("element %d, really %s", i, steps)
                        .isCloseTo(Math.max(-128, Math.min(127, steps)), within(0.5 + RESOLUTION));
                if (actual.get(i) != other) {
                    assertThat(Math.abs(actual.get(i) - other)).isEqualTo(1);
                    assertThat(steps).as("element %d is %d in qcc, %s in ONNX Runtime, really %s", i, actual.get(i),
                            other, steps).isCloseTo((actual.get(i) + other) / 2, within(TIE));
                }
            }
        }
    }

    /** The result before it is rounded: that of the operator between real values, with sums in double precision. */
    private static FloatTensor real(QuantizedCase test, Map<String, Oracle.Tensor> inputs) {
        Graph graph = Imported.model(test.real().bytes()).graph();
        List<FloatTensor> real = new ArrayList<>();
        for (int i = 0; i < test.inputs().size(); i++) {
            FloatTensor tensor = FloatTensor.zeros(graph.inputs().get(i).value().shape());
            List<Double> values = ordered(test, inputs.get("x" + i));
            for (int k = 0; k < tensor.size(); k++) {
                tensor.set(k, (values.get(k) - test.inputZero(i)) * test.inputScale(i));
            }
            real.add(tensor);
        }
        return FloatInterpreter.run(graph, real).outputs().get(0);
    }

    private static Map<String, Oracle.Tensor> inputs(QuantizedCase test, Random random, int run) {
        Map<String, Oracle.Tensor> inputs = new HashMap<>();
        for (int i = 0; i < test.inputs().size(); i++) {
            List<Double> values = new ArrayList<>();
            for (int k = 0; k < KnownTensor.sizeOf(test.inputs().get(i)); k++) {
                double extreme = run == 0 ? -128 : 127;
                values.add((run < 2 ? extreme : random.nextInt(256) - 128) + test.offset());
            }
            inputs.put("x" + i, new Oracle.Tensor(test.inputs().get(i), values));
        }
        return inputs;
    }

    private static Map<String, Integer> types(QuantizedCase test) {
        Map<String, Integer> types = new HashMap<>();
        for (int i = 0; i < test.inputs().size(); i++) {
            types.put("x" + i, test.type());
        }
        return types;
    }

    private static IntTensor stored(QuantizedCase test, Model model, int index, List<Double> values) {
        IntTensor tensor = IntTensor.zeros(model.graph().inputs().get(index).value().shape());
        for (int k = 0; k < tensor.size(); k++) {
            tensor.set(k, values.get(k).intValue() - test.offset());
        }
        return tensor;
    }

    /** Images as they are stored: height, width, channels; but what begins by transposing is stored as it is. */
    private static List<Double> ordered(QuantizedCase test, Oracle.Tensor tensor) {
        return tensor.dims().size() == 4 && !test.operator().equals("Transpose")
                ? Imported.permute(tensor.values(), tensor.dims(), List.of(2, 3, 1)) : tensor.values();
    }
}
