package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.driver.Compilation;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.SoftmaxOptions;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.tensor.IntTensor;

/** Functions that TFLite approximates: the integers are at most one step from those of the real function. */
class FunctionsTest {
    @TempDir
    private Path folder;

    private Graph graph(TfliteModel model, int x, int y) throws IOException {
        Path file = folder.resolve("function.tflite");
        Files.write(file, model.build(new int[] {x}, new int[] {y}));
        return new Compilation(file).graph(Stage.INTEGER);
    }

    private static IntTensor everyByte() {
        IntTensor all = IntTensor.vector(new int[256]);
        for (int i = 0; i < 256; i++) {
            all.set(i, i - 128);
        }
        return all;
    }

    /** Compares all 256 values of a function. */
    private void check(int code, float inScale, int inZero, float outScale, int outZero, DoubleUnaryOperator function)
            throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.activation(inScale, inZero, 1, 256);
        int y = model.activation(outScale, outZero, 1, 256);
        model.operator(code, new int[] {x}, y);
        IntTensor result = IntegerInterpreter.run(graph(model, x, y), List.of(everyByte())).outputs().get(0);
        int exact = 0;
        for (int i = 0; i < 256; i++) {
            double real = function.applyAsDouble(inScale * (double) (i - 128 - inZero)) / outScale + outZero;
            long nearest = Math.max(-128, Math.min(127, Math.round(real)));
            assertThat((long) result.get(i)).as("f(%d)", i - 128).isBetween(nearest - 1, nearest + 1);
            exact += result.get(i) == nearest ? 1 : 0;
        }
        assertThat(exact).isGreaterThan(230);
    }

    @Test
    void logistic() throws IOException {
        check(BuiltinOperator.LOGISTIC, 0.06f, 13, 1f / 256, -128, x -> 1 / (1 + Math.exp(-x)));
    }

    @Test
    void steepLogistic() throws IOException {
        check(BuiltinOperator.LOGISTIC, 0.5f, -7, 1f / 256, -128, x -> 1 / (1 + Math.exp(-x)));
    }

    @Test
    void tanh() throws IOException {
        check(BuiltinOperator.TANH, 0.03f, -5, 1f / 128, 0, Math::tanh);
    }

    @Test
    void hardSwish() throws IOException {
        check(BuiltinOperator.HARD_SWISH, 0.05f, -10, 0.03f, -90, x -> x * Math.max(0, Math.min(6, x + 3)) / 6);
    }

    @Test
    void hardSwishOfSmallNumbers() throws IOException {
        check(BuiltinOperator.HARD_SWISH, 0.004f, 3, 0.003f, -4, x -> x * Math.max(0, Math.min(6, x + 3)) / 6);
    }

    @Test
    void softmaxWithBeta() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.activation(0.1f, 4, 1, 2, 5);
        int y = model.activation(1f / 256, -128, 1, 2, 5);
        model.operator(BuiltinOperator.SOFTMAX, new int[] {x}, new int[] {y}, BuiltinOptions.SoftmaxOptions,
                f -> SoftmaxOptions.createSoftmaxOptions(f, 0.5f));
        Graph graph = graph(model, x, y);
        int[] logits = {10, 20, 30, -40, 5, 127, 90, 100, -128, 110};
        IntTensor input = new IntTensor(graph.inputs().get(0).value().shape(), logits);
        IntTensor result = IntegerInterpreter.run(graph, List.of(input)).outputs().get(0);
        for (int row = 0; row < 2; row++) {
            double sum = 0;
            for (int i = 0; i < 5; i++) {
                sum += Math.exp(0.05 * logits[5 * row + i]);
            }
            for (int i = 0; i < 5; i++) {
                long nearest = Math.round(256 * Math.exp(0.05 * logits[5 * row + i]) / sum) - 128;
                assertThat((long) result.get(5 * row + i)).isBetween(nearest - 1, nearest + 1);
            }
        }
    }
}
