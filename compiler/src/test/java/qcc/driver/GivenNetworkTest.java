package qcc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.numpy.ElementType;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyFile;
import qcc.tensor.IntTensor;

/** Networks in QDSL whose integers are given: what they compute, and what is said when the integers are wrong. */
class GivenNetworkTest {
    private static final String TEXT = """
            model small(x: [2]) -> y {
                y = x |> dense(2, clamp = [-10, 90]) |> dense(1)
            }
            parameters "small.npz"
            quantize { given tflite }
            """;

    @TempDir
    private Path folder;

    private static Map<String, NumpyArray> arrays() {
        Map<String, NumpyArray> arrays = new HashMap<>();
        arrays.put("x.scale", NumpyArray.ofFloats(new int[] {1}, 0.5f));
        arrays.put("x.zero_point", ints(ElementType.INT8, 3));
        arrays.put("dense.weight", NumpyArray.ofInts(ElementType.INT8, new int[] {2, 2}, 1, 2, 3, -4));
        arrays.put("dense.bias", ints(ElementType.INT32, 10, -20));
        arrays.put("dense.multiplier", ints(ElementType.INT32, 1 << 30));
        arrays.put("dense.shift", ints(ElementType.INT8, 0));
        arrays.put("dense.scale", NumpyArray.ofFloats(new int[] {1}, 0.25f));
        arrays.put("dense.zero_point", ints(ElementType.INT8, -5));
        arrays.put("dense_2.weight", NumpyArray.ofInts(ElementType.INT8, new int[] {2, 1}, 1, 1));
        arrays.put("dense_2.bias", ints(ElementType.INT32, 0));
        arrays.put("dense_2.multiplier", ints(ElementType.INT32, 1 << 30));
        arrays.put("dense_2.shift", ints(ElementType.INT8, 1));
        return arrays;
    }

    private static NumpyArray ints(ElementType type, int... values) {
        return NumpyArray.ofInts(type, new int[] {values.length}, values);
    }

    private Compilation compilation(String text, Map<String, NumpyArray> arrays) throws IOException {
        Files.write(folder.resolve("small.npz"), NumpyFile.toNpz(arrays));
        return new Compilation(Files.writeString(folder.resolve("small.qdsl"), text));
    }

    @Test
    void computesWithTheGivenIntegers() throws IOException {
        Graph graph = compilation(TEXT, arrays()).graph(Stage.INTEGER);
        // x - 3 = (10, 20); sums 10 + 10 + 60 = 80 and -20 + 20 - 80 = -80; halved, less 5, within -10..90: 35, -10.
        // Then 40 and -5 above the zero point: 35 / 4, rounded up in the two steps of TFLite (18, 9), less 5.
        assertThat(IntegerInterpreter.run(graph, List.of(IntTensor.vector(13, 23))).outputs())
                .containsExactly(IntTensor.vector(4));
    }

    static Stream<Arguments> wrongArrays() {
        return Stream.of(
                Arguments.of("x.scale", null, Code.E403),
                Arguments.of("x.scale", NumpyArray.ofFloats(new int[] {1}, -1f), Code.E405),
                Arguments.of("x.zero_point", ints(ElementType.INT32, 200), Code.E405),
                Arguments.of("dense.weight", null, Code.E403),
                Arguments.of("dense.weight", ints(ElementType.INT8, 1, 2, 3, 4), Code.E404),
                Arguments.of("dense.weight", NumpyArray.ofFloats(new int[] {2, 2}, 1, 2, 3, 4), Code.E405),
                Arguments.of("dense.bias", ints(ElementType.INT32, Integer.MAX_VALUE, 0), Code.E501),
                Arguments.of("dense.multiplier", ints(ElementType.INT32, 7), Code.E405),
                Arguments.of("dense.multiplier", ints(ElementType.INT32, 1 << 30, 1 << 30), Code.E404),
                Arguments.of("dense.shift", ints(ElementType.INT8, 40), Code.E405),
                Arguments.of("dense.shift", ints(ElementType.INT8, -30), Code.E501));
    }

    @ParameterizedTest
    @MethodSource("wrongArrays")
    void integersThatCannotBeUsedAreReported(String name, NumpyArray array, Code code) throws IOException {
        Map<String, NumpyArray> arrays = arrays();
        arrays.remove(name);
        if (array != null) {
            arrays.put(name, array);
        }
        Compilation compilation = compilation(TEXT, arrays);
        assertThat(codes(compilation)).containsExactly(code);
    }

    @Test
    void textThatContradictsGivenIntegersIsReported() throws IOException {
        assertThat(codes(compilation(TEXT.replace("given tflite", "given tflite\n weights int8"), arrays())))
                .containsExactly(Code.E301);
        assertThat(codes(compilation(TEXT.replace("[-10, 90]", "[90, -10]"), arrays()))).containsExactly(Code.E304);
        assertThat(codes(compilation(TEXT.replace("|> dense(1)", "|> batch_norm"), arrays())))
                .containsExactly(Code.E302);
    }

    private static List<Code> codes(Compilation compilation) {
        CompilationFailed failed = catchThrowableOfType(CompilationFailed.class, compilation::model);
        return failed.diagnostics().stream().map(Diagnostic::code).toList();
    }
}
