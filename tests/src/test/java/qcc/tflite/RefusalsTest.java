package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.driver.Compilation;
import qcc.importer.tflite.schema.Activation;
import qcc.importer.tflite.schema.AddOptions;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.FullyConnectedOptions;
import qcc.importer.tflite.schema.ReducerOptions;
import qcc.importer.tflite.schema.ResizeNearestNeighborOptions;
import qcc.importer.tflite.schema.TensorType;

/** Models that cannot be taken over: every reason is told, in one run. */
class RefusalsTest {
    @TempDir
    private Path folder;

    private List<Diagnostic> diagnostics(byte[] bytes) throws IOException {
        Path file = folder.resolve("model.tflite");
        Files.write(file, bytes);
        return catchThrowableOfType(CompilationFailed.class, () -> new Compilation(file).model()).diagnostics();
    }

    @Test
    void everythingThatIsNotSupportedIsToldAtOnce() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.activation(0.1f, 0, 1, 4, 6, 2);
        int exp = model.activation(0.1f, 0, 1, 4, 6, 2);
        model.operator(BuiltinOperator.EXP, new int[] {x}, exp);
        int sum = model.activation(0.1f, 0, 1, 4, 6, 2);
        model.operator(BuiltinOperator.ADD, new int[] {exp, x}, new int[] {sum}, BuiltinOptions.AddOptions,
                f -> AddOptions.createAddOptions(f, Activation.TANH));
        int resized = model.activation(0.1f, 0, 1, 7, 6, 2);
        model.operator(BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, new int[] {sum, model.integers(7, 6)},
                new int[] {resized}, BuiltinOptions.ResizeNearestNeighborOptions,
                f -> ResizeNearestNeighborOptions.createResizeNearestNeighborOptions(f, false, false));
        int unsigned = model.tensor(TensorType.UINT8, 0, new float[] {0.1f}, 128, 0, 1, 4, 6, 2);
        model.operator(BuiltinOperator.QUANTIZE, new int[] {x}, unsigned);
        List<Diagnostic> found = diagnostics(model.build(new int[] {x}, new int[] {resized}));
        assertThat(found).extracting(Diagnostic::code).containsExactly(Code.E902, Code.E903, Code.E903, Code.E903);
        assertThat(found).extracting(Diagnostic::message).satisfiesExactly(
                message -> assertThat(message).isEqualTo("EXP (operator 0, `exp`): the operator is not supported"),
                message -> assertThat(message).contains("ADD (operator 1", "fused activation TANH"),
                message -> assertThat(message).contains("RESIZE_NEAREST_NEIGHBOR (operator 2", "4 by 6", "7 by 6"),
                message -> assertThat(message).contains("QUANTIZE (operator 3", "uint8"));
        assertThat(found).allSatisfy(diagnostic -> assertThat(diagnostic.help()).isPresent());
    }

    @Test
    void accumulatorsThatCanOverflowAreRefused() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.activation(1f, 0, 1, 2);
        int y = model.activation(1f, 0, 1, 1);
        int weights = model.weights(new byte[] {127, 127}, new float[] {1f}, 0, 1, 2);
        model.operator(BuiltinOperator.FULLY_CONNECTED, new int[] {x, weights, model.integers(Integer.MAX_VALUE)},
                new int[] {y}, BuiltinOptions.FullyConnectedOptions,
                f -> FullyConnectedOptions.createFullyConnectedOptions(f,
                        Activation.NONE, (byte) 0, false));
        assertThat(diagnostics(model.build(new int[] {x}, new int[] {y}))).singleElement()
                .extracting(Diagnostic::code).isEqualTo(Code.E501);
    }

    @Test
    void factorsBeyondThirtyTwoBitsAreRefused() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.activation(1e20f, 0, 1, 2);
        int y = model.activation(1e-20f, 0, 1, 1);
        int weights = model.weights(new byte[] {1, 0}, new float[] {1f}, 0, 1, 2);
        model.operator(BuiltinOperator.FULLY_CONNECTED, new int[] {x, weights, -1}, new int[] {y},
                BuiltinOptions.FullyConnectedOptions,
                f -> FullyConnectedOptions.createFullyConnectedOptions(f, Activation.NONE, (byte) 0, false));
        int mean = model.activation(1e-20f, 0, 1);
        model.operator(BuiltinOperator.MEAN, new int[] {x, model.integers(1)}, new int[] {mean},
                BuiltinOptions.ReducerOptions, f -> ReducerOptions.createReducerOptions(f, false));
        assertThat(diagnostics(model.build(new int[] {x}, new int[] {y, mean}))).hasSize(2)
                .extracting(Diagnostic::code).containsOnly(Code.E501);
    }

    @Test
    void filesThatAreNoModelsAreTold() throws IOException {
        for (byte[] bytes : List.of(new byte[0], new byte[100], "PK\3\4TFL3 but not so".getBytes("ISO-8859-1"))) {
            assertThat(diagnostics(bytes)).singleElement().extracting(Diagnostic::code).isEqualTo(Code.E901);
        }
    }

    @Test
    void valuesThatAreNeverComputedAreTold() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.activation(1f, 0, 1, 2);
        int lost = model.activation(1f, 0, 1, 2);
        int y = model.activation(1f, 0, 1, 2);
        model.operator(BuiltinOperator.RELU, new int[] {lost}, y);
        assertThat(diagnostics(model.build(new int[] {x}, new int[] {y}))).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo(Code.E901);
            assertThat(diagnostic.message()).contains("read before it is computed");
        });
    }
}
