package qcc.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qcc.importer.onnx.format.Onnx.GraphProto;
import qcc.importer.onnx.format.Onnx.ModelProto;
import qcc.passes.Verifier;

/**
 * Damaged files are imported or refused with a code, in bounded time. Files are damaged as bytes (bits flipped, parts
 * cut, moved, repeated) and as messages (numbers, names and parts of the graph exchanged), which gets further.
 */
class MutatedModelsTest {
    private static final int PER_KIND = 1250;
    private static final long SECONDS = 5;

    private static List<byte[]> models() {
        List<byte[]> models = new ArrayList<>();
        FloatCases.all().forEach(test -> models.add(test.model().bytes()));
        QuantizedConformanceTest.cases().forEach(test -> models.add(test.model().bytes()));
        return models;
    }

    @Test
    void damagedBytes() {
        List<byte[]> models = models();
        Random random = new Random(21);
        int refused = 0;
        for (int i = 0; i < PER_KIND; i++) {
            byte[] bytes = models.get(i % models.size()).clone();
            int changes = 1 + random.nextInt(4);
            for (int k = 0; k < changes; k++) {
                bytes = damage(bytes, random);
            }
            refused += check("bytes " + i, bytes);
        }
        assertThat(refused).isBetween(PER_KIND / 4, PER_KIND);
    }

    @Test
    void damagedMessages() throws Exception {
        List<byte[]> models = models();
        Random random = new Random(22);
        int refused = 0;
        for (int i = 0; i < PER_KIND; i++) {
            ModelProto.Builder model = ModelProto.parseFrom(models.get(i % models.size())).toBuilder();
            GraphProto other = ModelProto.parseFrom(models.get(random.nextInt(models.size()))).getGraph();
            int changes = 1 + random.nextInt(3);
            for (int k = 0; k < changes; k++) {
                MessageDamage.apply(model, other, random);
            }
            refused += check("message " + i, model.build().toByteArray());
        }
        assertThat(refused).isBetween(PER_KIND / 4, PER_KIND);
    }

    private static byte[] damage(byte[] bytes, Random random) {
        if (bytes.length < 8) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> System.arraycopy(bytes.clone(), at, bytes, random.nextInt(bytes.length - length + 1), length);
            default -> Arrays.fill(bytes, at, at + length, (byte) 0xFF);
        }
        return bytes;
    }

    /** 1 when the file is refused, 0 when it is imported to a graph that is well-formed. */
    private static int check(String name, byte[] bytes) {
        long start = System.nanoTime();
        try {
            List<String> errors = new ArrayList<>();
            Imported.read(bytes, errors).ifPresent(model -> Verifier.check(model.graph()));
            assertThat((System.nanoTime() - start) / 1_000_000_000L).as(name).isLessThan(SECONDS);
            assertThat(errors).as(name).allMatch(text -> text.matches("(?s)E\\d{3}: .+"));
            return errors.isEmpty() ? 0 : 1;
        } catch (RuntimeException e) {
            return fail(name + " raised " + e, e);
        }
    }

    @Test
    void hostileFiles() {
        OnnxModel chain = new OnnxModel(13).input(1, 4).floats("s", List.of(), 1);
        for (int i = 0; i < 9000; i++) {
            chain.node("Identity", "v" + i, Map.of(), i == 0 ? "s" : "v" + (i - 1));
        }
        assertThat(check("a long chain of constants", chain.node("Add", "y", Map.of(), "x", "v8999").bytes())).isZero();

        OnnxModel big = new OnnxModel(13).input(1, 4).longs("size", 1 << 26);
        big.node("ConstantOfShape", "v0", Map.of(), "size");
        for (int i = 1; i < 9000; i++) {
            big.node("Add", "v" + i, Map.of(), "v" + (i - 1), "v" + (i - 1));
        }
        assertThat(check("large constants", big.node("Add", "y", Map.of(), "x", "v8999").bytes())).isOne();

        OnnxModel shared = new OnnxModel(13).input(1, 2048).weights("w", 2048, 2048);
        for (int i = 0; i < 500; i++) {
            shared.then("MatMul", "w");
        }
        assertThat(check("shared weights", shared.bytes())).isOne();

        byte[] empties = new byte[1 << 25];
        for (int i = 0; i + 1 < empties.length; i += 2) {
            empties[i] = 0x42;
        }
        assertThat(check("millions of empty messages", empties)).isOne();
    }
}
