package qcc.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.driver.Compilation;
import qcc.driver.Importation;
import qcc.driver.ProjectWriter;
import qcc.tests.Sources;

/** Models in ONNX become texts in QDSL that compile to the same C. */
class ImportTest {
    @TempDir
    private Path folder;

    private void assertSameC(OnnxModel model) throws IOException {
        Path file = folder.resolve("net.onnx");
        Files.write(file, model.bytes());
        Compilation original = new Compilation(file);
        Importation importation = Importation.of(original.model());
        ProjectWriter.write(importation.files(), folder.resolve("imported"));
        Compilation imported = new Compilation(folder.resolve("imported").resolve(importation.textName()));
        assertThat(Sources.of(imported)).isEqualTo(Sources.of(original));
    }

    static List<QuantizedCase> operators() {
        return QuantizedConformanceTest.cases().stream()
                .filter(test -> test.type() == OnnxModel.INT8 && !test.asForm()).toList();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void quantisedOperators(QuantizedCase test) throws IOException {
        assertSameC(test.model());
    }

    @Test
    void quantisedSlices() throws IOException {
        OnnxModel model = new OnnxModel(13).input("x", OnnxModel.INT8, 1, 4, 9, 8).quantization("x", OnnxModel.INT8, 0.1, 3)
                .node("DequantizeLinear", "dq", Map.of(), "x", "x_s", "x_z").longs("from", 1, 2).longs("to", 3, 9)
                .longs("axes", 1, 2).longs("steps", 1, 3).then("Slice", "from", "to", "axes", "steps")
                .then("QuantizeLinear", "x_s", "x_z");
        assertSameC(model.output("QuantizeLinear2", OnnxModel.INT8));
    }

    @Test
    void realNetworks() throws IOException {
        assertSameC(Networks.mobile());
    }

    @Test
    void quantisedNetworks() throws IOException {
        assertSameC(Networks.residual());
    }
}
