package qcc.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qcc.importer.onnx.format.Onnx.ModelProto;
import qcc.importer.onnx.format.Onnx.TensorShapeProto;
import qcc.importer.onnx.format.Onnx.TensorShapeProto.Dimension;

/** What cannot be imported is refused with the place, the reason and advice. */
class OnnxErrorsTest {

    private static OnnxModel image() {
        return new OnnxModel(13).input(1, 3, 7, 9);
    }

    private static String only(OnnxModel model) {
        List<String> errors = Imported.errors(model.bytes());
        assertThat(errors).hasSize(1);
        return errors.get(0);
    }

    @Test
    void everythingThatIsNotSupportedIsReportedInOneRun() {
        OnnxModel model = image().then("Relu").then("Erf").then("Softplus")
                .node("org.example", "Relu", "c", Map.of(), "x")
                .node("MaxPool", "p", Map.of("kernel_shape", List.of(2, 2), "dilations", List.of(2, 2)), "Relu0")
                .node("Pad", "q", Map.of("mode", "reflect"), "x").output("Softplus2", OnnxModel.FLOAT);
        assertThat(Imported.errors(model.bytes())).containsExactly(
                "E902: node 1 `/Erf1/Erf` (Erf): the operator is not supported"
                        + " [replace it by supported operators, or split the model before it]",
                "E902: node 2 `/Softplus2/Softplus` (Softplus): the operator is not supported"
                        + " [replace it by supported operators, or split the model before it]",
                "E902: node 3 `/c/Relu` (Relu): the operator is not supported (domain org.example)"
                        + " [replace it by supported operators, or split the model before it]",
                "E903: node 4 `/p/MaxPool` (MaxPool): a pool with dilation 2 [use dilation 1]",
                "E903: node 5 `/q/Pad` (Pad): padding with mode = reflect"
                        + " [use mode = constant with the value 0]");
    }

    @Test
    void openExtents() {
        TensorShapeProto shape = TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("n"))
                .addDim(Dimension.newBuilder().setDimValue(3)).addDim(Dimension.newBuilder().setDimParam("height"))
                .addDim(Dimension.newBuilder().setDimValue(9)).build();
        assertThat(only(new OnnxModel(13).input("x", OnnxModel.FLOAT, shape).then("Relu")))
                .isEqualTo("E903: input `x`: axis 2 has the open extent `height` [export the model with fixed input"
                        + " shapes; only the batch size may be open]");
    }

    @Test
    void anOpenBatchSizeIsOne() {
        for (Dimension batch : List.of(Dimension.newBuilder().setDimParam("batch").build(),
                Dimension.newBuilder().setDimValue(-1).build(), Dimension.newBuilder().setDimValue(0).build(),
                Dimension.getDefaultInstance())) {
            TensorShapeProto shape = TensorShapeProto.newBuilder().addDim(batch)
                    .addDim(Dimension.newBuilder().setDimValue(5)).build();
            ModelProto model = new OnnxModel(13).input("x", OnnxModel.FLOAT, shape).then("Relu").build();
            assertThat(Imported.model(model.toByteArray()).graph().inputs().get(0).value().shape().dims())
                    .containsExactly(5);
        }
    }

    @Test
    void aFixedBatchSize() {
        assertThat(only(new OnnxModel(13).input(4, 3, 7, 9).then("Relu"))).startsWith(
                "E903: input `x`: its batch size is 4");
    }

    @Test
    void unquantisedResultsInAQuantisedModel() {
        OnnxModel model = image().quantization("q", OnnxModel.INT8, 0.1, 3)
                .then("QuantizeLinear", "q_s", "q_z").then("DequantizeLinear", "q_s", "q_z").then("Sigmoid")
                .then("GlobalAveragePool").then("QuantizeLinear", "q_s", "q_z");
        assertThat(only(model)).startsWith("E903: node 3 `/GlobalAveragePool3/GlobalAveragePool`"
                + " (GlobalAveragePool): the result of node 2 `/Sigmoid2/Sigmoid` (Sigmoid) is used without having"
                + " been quantised");
    }

    @Test
    void asymmetricWeights() {
        OnnxModel model = new OnnxModel(13).input(1, 4).quantization("q", OnnxModel.UINT8, 0.1, 3)
                .quantization("w", OnnxModel.UINT8, 0.1, 30).integers("w", OnnxModel.UINT8, List.of(4, 1), 0, 1, 2, 255)
                .then("QuantizeLinear", "q_s", "q_z").then("DequantizeLinear", "q_s", "q_z")
                .node("DequantizeLinear", "v", Map.of(), "w", "w_s", "w_z")
                .node("MatMul", "y", Map.of(), "DequantizeLinear1", "v").then("QuantizeLinear", "q_s", "q_z");
        assertThat(only(model)).isEqualTo("E903: node 3 `/y/MatMul` (MatMul): the weight 225, measured from its zero"
                + " point, is no int8 [quantise weights symmetrically: int8 with the zero point 0]");
    }

    @Test
    void oldAndUnknownVersions() {
        assertThat(only(new OnnxModel(6).input(1, 5).then("Relu"))).startsWith("E903: version 6 of the operators");
        assertThat(only(new OnnxModel(99).input(1, 5).then("Relu"))).startsWith("E903: version 99 of the operators");
    }

    @Test
    void filesThatAreNoModels() {
        assertThat(Imported.errors(new byte[0])).hasSize(1).first().asString().startsWith("E901: ");
        assertThat(Imported.errors("# a text\n".repeat(50).getBytes(StandardCharsets.UTF_8)))
                .hasSize(1).first().asString().startsWith("E901: this is no valid ONNX file");
    }

    @Test
    void weightsThatAreNotFinite() {
        assertThat(only(new OnnxModel(13).input(1, 2).floats("w", List.of(2, 1), 1, Double.NaN)
                .then("MatMul", "w"))).startsWith(
                        "E406: node 0 `/MatMul0/MatMul` (MatMul): its weight holds the value NaN");
    }

    @Test
    void shapesThatContradictEachOther() {
        assertThat(only(image().weights("w", 4, 5, 3, 3).then("Conv", "w"))).startsWith(
                "E901: node 0 `/Conv0/Conv` (Conv): weights of the shape [4, 5, 3, 3] do not fit 3 channels");
        assertThat(only(image().then("Relu", "nowhere"))).isNotEmpty();
    }

    @Test
    void enormousTensors() {
        assertThat(only(new OnnxModel(13).input(1, 4000, 4000, 4000).then("Relu"))).startsWith("E308: input `x`");
        assertThat(only(new OnnxModel(9).input(1, 3, 256, 256).floats("s", List.of(4), 1, 1, 64, 64)
                .then("Upsample", "s"))).startsWith("E308: node 0 `/Upsample0/Upsample` (Upsample)");
    }
}
