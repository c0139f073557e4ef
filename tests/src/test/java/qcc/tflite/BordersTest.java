package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.driver.Compilation;
import qcc.importer.tflite.schema.Activation;
import qcc.importer.tflite.schema.AddOptions;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.FullyConnectedOptions;
import qcc.importer.tflite.schema.SubOptions;
import qcc.importer.tflite.schema.TensorType;
import qcc.interpreter.FloatInterpreter;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Stage;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Where int8 and real numbers meet: at the ends of int8 models, in constants, and in changes of scale. */
class BordersTest {
    @TempDir
    private Path folder;

    private Compilation compilation(byte[] model) throws IOException {
        Path file = folder.resolve("borders.tflite");
        Files.write(file, model);
        return new Compilation(file);
    }

    /** What an application must quantise, and how, is what QUANTIZE and DEQUANTIZE say. */
    @Test
    void realInputsAndOutputsAreLeftToTheApplication() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.real(1, 4);
        int quantized = model.activation(0.05f, 7, 1, 4);
        model.operator(BuiltinOperator.QUANTIZE, new int[] {x}, quantized);
        int limited = model.activation(0.05f, 7, 1, 4);
        model.operator(BuiltinOperator.RELU_N1_TO_1, new int[] {quantized}, limited);
        int coarse = model.activation(0.1f, -2, 1, 4);
        model.operator(BuiltinOperator.QUANTIZE, new int[] {limited}, coarse);
        int y = model.real(1, 4);
        model.operator(BuiltinOperator.DEQUANTIZE, new int[] {coarse}, y);
        Graph graph = compilation(model.build(new int[] {x}, new int[] {y})).graph(Stage.INTEGER);
        assertThat(graph.inputs().get(0).value().quantized())
                .isEqualTo(new Quantization(Scale.dyadic(0.05f), 7));
        assertThat(graph.outputs().get(0).value().quantized())
                .isEqualTo(new Quantization(Scale.dyadic(0.1f), -2));
        // -1 and 1 are 20 steps away from 7, and 10 from -2; two steps of the input are one of the output.
        assertThat(IntegerInterpreter.run(graph, List.of(IntTensor.vector(-128, 3, 9, 127))).outputs())
                .containsExactly(IntTensor.vector(-12, -4, -1, 8));
    }

    @Test
    void squeezeTakesAxesAway() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.activation(0.05f, 7, 1, 1, 3, 2);
        int y = model.activation(0.05f, 7, 1, 3, 2);
        model.operator(BuiltinOperator.SQUEEZE, new int[] {x}, y);
        Graph graph = compilation(model.build(new int[] {x}, new int[] {y})).graph(Stage.INTEGER);
        IntTensor input = new IntTensor(Shape.of(1, 3, 2), new int[] {1, -2, 3, -4, 5, -6});
        assertThat(IntegerInterpreter.run(graph, List.of(input)).outputs())
                .containsExactly(input.reshape(Shape.of(3, 2)));
    }

    /** As converters write models with half the flash: 16-bit weights that are dequantised once. */
    @Test
    void weightsOfHalfPrecisionAreReal() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.real(1, 2);
        // 1.5, -2, 0.333251953125 and the smallest subnormal number, by rows of outputs.
        short[] halves = {0x3E00, (short) 0xC000, 0x3555, 0x0001};
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(halves);
        int stored = model.tensor(TensorType.FLOAT16, model.buffer(bytes.array()), new float[0], 0, 0, 2, 2);
        int weights = model.real(2, 2);
        model.operator(BuiltinOperator.DEQUANTIZE, new int[] {stored}, weights);
        FloatTensor result = product(model, x, weights);
        assertThat((double) result.get(0)).isEqualTo(3 * 1.5 - 2 * 2);
        assertThat((double) result.get(1)).isEqualTo(3 * 0.333251953125 + 2 * Math.scalb(1, -24), within(1e-7));
    }

    /** The form that converters call dynamic range: activations stay real, weights have eight bits. */
    @Test
    void weightsOfEightBitsAmongRealsAreReal() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.real(1, 2);
        int weights = model.weights(new byte[] {4, -127, 1, 100}, new float[] {0.25f, 0.5f}, 0, 2, 2);
        FloatTensor result = product(model, x, weights);
        assertThat((double) result.get(0)).isEqualTo(0.25 * (3 * 4 - 2 * 127));
        assertThat((double) result.get(1)).isEqualTo(0.5 * (3 + 2 * 100));
    }

    /** One for each channel is folded; one for each element is a tensor of its own. */
    @Test
    void constantsOfEveryElementAreOperands() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.real(1, 2, 2);
        int sum = model.real(1, 2, 2);
        model.operator(BuiltinOperator.ADD, new int[] {model.reals(new float[] {1, 2, 3, 4}, 1, 2, 2), x},
                new int[] {sum}, BuiltinOptions.AddOptions, f -> AddOptions.createAddOptions(f, Activation.NONE));
        int y = model.real(1, 2, 2);
        model.operator(BuiltinOperator.SUB, new int[] {sum, model.reals(new float[] {0.5f, -0.5f}, 2)},
                new int[] {y}, BuiltinOptions.SubOptions, f -> SubOptions.createSubOptions(f, Activation.NONE));
        Graph graph = compilation(model.build(new int[] {x}, new int[] {y})).graph(Stage.TYPED);
        assertThat(graph.nodes()).extracting(node -> node.operation().mnemonic())
                .contains("constant", "add", "depthwise_conv2d");
        FloatTensor result = FloatInterpreter.run(graph, List.of(new FloatTensor(Shape.of(2, 2),
                new float[] {10, 20, 30, 40}))).outputs().get(0);
        assertThat(result).isEqualTo(new FloatTensor(Shape.of(2, 2), new float[] {10.5f, 22.5f, 32.5f, 44.5f}));
    }

    /** A fully connected layer without biases, applied to (3, 2). */
    private FloatTensor product(TfliteModel model, int x, int weights) throws IOException {
        int y = model.real(1, 2);
        model.operator(BuiltinOperator.FULLY_CONNECTED, new int[] {x, weights, -1}, new int[] {y},
                BuiltinOptions.FullyConnectedOptions, f -> FullyConnectedOptions.createFullyConnectedOptions(f,
                        Activation.NONE, (byte) 0, false));
        Graph graph = compilation(model.build(new int[] {x}, new int[] {y})).graph(Stage.TYPED);
        return FloatInterpreter.run(graph, List.of(new FloatTensor(Shape.of(2), new float[] {3, 2}))).outputs().get(0);
    }
}
