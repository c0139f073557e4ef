package qcc.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.diagnostics.Code;
import qcc.importer.onnx.format.Onnx.StringStringEntryProto;
import qcc.importer.onnx.format.Onnx.TensorProto;
import qcc.importer.onnx.format.Onnx.TensorProto.DataType;

/** Constants in all their encodings, and data in other files. */
class TensorDecoderTest {
    @TempDir
    private Path outside;
    private Path folder;
    private TensorDecoder decoder;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectory(outside.resolve("model"));
        Files.createDirectory(folder.resolve("inside"));
        Files.write(folder.resolve("inside/weights.bin"), new byte[] {9, 9, 1, 2, (byte) 0xFF, 9});
        Files.write(outside.resolve("secret.bin"), new byte[] {1, 2, 3});
        decoder = new TensorDecoder(new ExternalData(folder, 100));
    }

    private static TensorProto.Builder tensor(DataType type, long size) {
        return TensorProto.newBuilder().setName("t").setDataType(type.getNumber()).addDims(size);
    }

    private static TensorProto external(DataType type, long size, Map<String, String> entries) {
        TensorProto.Builder tensor = tensor(type, size).setDataLocation(TensorProto.DataLocation.EXTERNAL);
        entries.forEach((key, value) -> tensor.addExternalData(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return tensor.build();
    }

    private double[] decode(TensorProto tensor) {
        KnownTensor decoded = decoder.decode(tensor);
        double[] values = new double[decoded.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = decoded.get(i);
        }
        return values;
    }

    private static ByteString raw(int bytes, Consumer<ByteBuffer> writer) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        writer.accept(buffer);
        return ByteString.copyFrom(buffer.array());
    }

    @Test
    void rawData() {
        assertThat(decode(tensor(DataType.FLOAT, 2).setRawData(raw(8, b -> b.putFloat(1.5f).putFloat(-2))).build()))
                .containsExactly(1.5, -2);
        assertThat(decode(tensor(DataType.DOUBLE, 1).setRawData(raw(8, b -> b.putDouble(0.1))).build()))
                .containsExactly(0.1);
        assertThat(decode(tensor(DataType.INT64, 1).setRawData(raw(8, b -> b.putLong(-7))).build()))
                .containsExactly(-7);
        assertThat(decode(tensor(DataType.FLOAT16, 2).setRawData(raw(4, b -> b.putShort((short) 0x3C00)
                .putShort((short) 0xC100))).build())).containsExactly(1, -2.5);
        assertThat(decode(tensor(DataType.BFLOAT16, 1).setRawData(raw(2, b -> b.putShort((short) 0x3FC0))).build()))
                .containsExactly(1.5);
        assertThat(decode(tensor(DataType.UINT8, 2).setRawData(raw(2, b -> b.put((byte) 200).put((byte) 3))).build()))
                .containsExactly(200, 3);
        assertThat(decode(tensor(DataType.INT8, 1).setRawData(raw(1, b -> b.put((byte) 200))).build()))
                .containsExactly(-56);
    }

    @Test
    void typedData() {
        assertThat(decode(tensor(DataType.FLOAT16, 1).addInt32Data(0x3C00).build())).containsExactly(1);
        assertThat(decode(tensor(DataType.DOUBLE, 1).addDoubleData(0.25).build())).containsExactly(0.25);
        assertThat(decode(tensor(DataType.UINT8, 1).addInt32Data(255).build())).containsExactly(255);
        assertThat(decode(tensor(DataType.INT8, 1).addInt32Data(-3).build())).containsExactly(-3);
    }

    @Test
    void sizesThatDoNotFit() {
        refused(tensor(DataType.FLOAT, 2).addFloatData(1).build(), Code.E901);
        refused(tensor(DataType.FLOAT, 2).setRawData(ByteString.copyFrom(new byte[7])).build(), Code.E901);
        refused(tensor(DataType.FLOAT, -1).build(), Code.E901);
        refused(tensor(DataType.FLOAT, Long.MAX_VALUE).addDims(Long.MAX_VALUE).build(), Code.E901);
        refused(tensor(DataType.STRING, 1).build(), Code.E903);
    }

    @Test
    void externalData() {
        assertThat(decode(external(DataType.INT8, 3, Map.of("location", "inside/weights.bin", "offset", "2",
                "length", "3")))).containsExactly(1, 2, -1);
        assertThat(decode(external(DataType.INT8, 6, Map.of("location", "./inside/../inside/weights.bin")))).hasSize(6);
    }

    @Test
    void externalDataStaysInsideTheFolder() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.bin"), outside.resolve("secret.bin"));
        Files.createSymbolicLink(folder.resolve("up"), outside);
        for (String location : new String[] {"../secret.bin", "inside/../../secret.bin", "link.bin", "up/secret.bin",
            outside.resolve("secret.bin").toString(), "missing.bin", "inside", "", "a\0b"}) {
            refused(external(DataType.INT8, 3, Map.of("location", location)), Code.E904);
        }
    }

    @Test
    void externalDataIsAsLongAsItSays() {
        for (Map<String, String> range : List.of(Map.of("offset", "4", "length", "3"),
                Map.of("offset", "-1", "length", "3"), Map.of("offset", "9223372036854775807", "length", "3"),
                Map.of("length", "9223372036854775807"), Map.of("length", "-3"))) {
            Map<String, String> entries = new HashMap<>(range);
            entries.put("location", "inside/weights.bin");
            refused(external(DataType.INT8, 3, entries), Code.E904);
        }
        refused(external(DataType.INT8, 3, Map.of("location", "inside/weights.bin", "offset", "x")), Code.E901);
    }

    @Test
    void externalDataIsBounded() {
        TensorProto tensor = external(DataType.INT8, 6, Map.of("location", "inside/weights.bin"));
        for (int i = 0; i < 16; i++) {
            decode(tensor);
        }
        refused(tensor, Code.E904);
    }

    private void refused(TensorProto tensor, Code code) {
        assertThatThrownBy(() -> decode(tensor)).isInstanceOfSatisfying(ImportException.class,
                e -> assertThat(e.code()).isEqualTo(code));
    }
}
