package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.driver.Compilation;
import qcc.driver.Importation;
import qcc.driver.ProjectWriter;
import qcc.importer.tflite.schema.Activation;
import qcc.importer.tflite.schema.AddOptions;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.ops.Constant;
import qcc.ops.IntegerOperation;
import qcc.tests.Sources;

/** The models of MLPerf Tiny as QDSL, and what the clean-up leaves of them. */
class RoundTripTest {
    private static final int MAX_MACS = 3_750_000;
    private static final int MAX_PARAMETER_BYTES = 36 * 1024;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ad01_int8", "kws_ref_model", "pretrainedResnet_quant", "vww_96_int8",
            "ad01_fp32", "kws_ref_model_float32", "pretrainedResnet", "vww_96_float"})
    void importedTextCompilesToTheSameC(String model) {
        Compilation original = new Compilation(MlperfTiny.model(model));
        Importation importation = Importation.of(original.model());
        ProjectWriter.write(importation.files(), folder);
        Compilation imported = new Compilation(folder.resolve(importation.textName()));
        assertThat(Sources.of(imported)).isEqualTo(Sources.of(original)).hasSizeGreaterThan(3);
        assertThat(imported.warnings()).hasSameSizeAs(original.warnings());
    }

    @Test
    void constantOperands() throws IOException {
        TfliteModel model = new TfliteModel();
        int x = model.activation(0.1f, 3, 1, 2, 3, 2);
        int constant = model.weights(new byte[] {1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12}, new float[] {0.07f}, 0,
                1, 2, 3, 2);
        int y = model.activation(0.15f, -5, 1, 2, 3, 2);
        model.operator(BuiltinOperator.ADD, new int[] {x, constant}, new int[] {y}, BuiltinOptions.AddOptions,
                f -> AddOptions.createAddOptions(f, Activation.RELU));
        Path file = Files.write(folder.resolve("constant.tflite"), model.build(new int[] {x}, new int[] {y}));
        Compilation original = new Compilation(file);
        Importation importation = Importation.of(original.model());
        ProjectWriter.write(importation.files(), folder.resolve("text"));
        Compilation imported = new Compilation(folder.resolve("text").resolve(importation.textName()));
        assertThat(Sources.of(imported)).isEqualTo(Sources.of(original));
    }

    @Test
    void constantChannelsOfVisualWakeWordsAreFoldedAway() {
        Graph graph = new Compilation(MlperfTiny.model("vww_96_int8")).graph(Stage.INTEGER);
        assertThat(graph.nodes().stream().mapToLong(node -> ((IntegerOperation) node.operation()).macs()).sum())
                .isLessThanOrEqualTo(MAX_MACS);
        assertThat(graph.nodes().stream().flatMap(node -> ((IntegerOperation) node.operation()).constants().stream())
                .filter(constant -> constant.name().equals("weights") || constant.name().equals("bias"))
                .mapToInt(Constant::bytes).sum()).isLessThanOrEqualTo(MAX_PARAMETER_BYTES);
    }
}
