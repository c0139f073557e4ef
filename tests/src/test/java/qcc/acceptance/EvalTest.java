package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.cli.Qcc;
import qcc.numpy.ElementType;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyFile;

/** {@code qcc eval} from the command line. */
class EvalTest {
    @TempDir
    private Path folder;

    /** A convolution whose second filter is zero: its channel does not exist in the firmware. */
    @Test
    void layersWithDeadChannelsAreComparedWhole() throws IOException {
        Random random = new Random(3);
        float[] weights = new float[3 * 3 * 2 * 4];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 4 == 1 ? 0 : (float) random.nextGaussian();
        }
        float[] samples = new float[20 * 5 * 5 * 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextFloat();
        }
        Files.write(folder.resolve("w.npz"), NumpyFile.toNpz(Map.of(
                "conv.weight", NumpyArray.ofFloats(new int[] {3, 3, 2, 4}, weights))));
        Files.write(folder.resolve("x.npz"), NumpyFile.toNpz(Map.of(
                "x", NumpyArray.ofFloats(new int[] {20, 5, 5, 2}, samples))));
        Path model = Files.writeString(folder.resolve("m.qdsl"), """
                model m(x: [5, 5, 2] in [0, 1]) -> y {
                    y = x |> conv2d(4, kernel = 3, padding = same, bias = false) as conv |> relu |> global_avg_pool
                }
                parameters "w.npz"
                quantize {
                    calibrate "x.npz"
                }
                """);
        assertThat(eval(model, folder.resolve("x.npz"))).contains("on 20 samples")
                .containsPattern("(?m)^conv +[3-6][0-9]\\.[0-9]+ +0\\.99").containsPattern("(?m)^global_avg_pool ");
    }

    /** Without a float network, the integer one can only be compared with labels. */
    @Test
    void networksThatCameQuantisedNeedLabels() throws IOException {
        Files.write(folder.resolve("w.npz"), NumpyFile.toNpz(Map.of(
                "x.scale", NumpyArray.ofFloats(new int[] {1}, 0.5f),
                "x.zero_point", NumpyArray.ofInts(ElementType.INT32, new int[] {1}, 0))));
        Path model = Files.writeString(folder.resolve("m.qdsl"), """
                model m(x: [2, 2, 3]) -> y {
                    y = x |> max_pool(kernel = 2)
                }
                parameters "w.npz"
                quantize {
                    given
                }
                """);
        NumpyArray samples = NumpyArray.ofFloats(new int[] {2, 2, 2, 3}, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Path bare = Files.write(folder.resolve("bare.npz"), NumpyFile.toNpz(Map.of("x", samples)));
        Path labelled = Files.write(folder.resolve("labelled.npz"), NumpyFile.toNpz(Map.of("x", samples,
                "label", NumpyArray.ofInts(ElementType.INT32, new int[] {2}, 2, 0))));

        assertThat(eval(model, bare)).contains("E403").contains("quantised already");
        assertThat(eval(model, labelled)).contains("integer     50.00 %  (1)");

        Path classes = Files.write(folder.resolve("classes.npy"), NumpyFile.toNpy(
                NumpyArray.ofInts(ElementType.INT32, new int[] {2}, 2, 1)));
        assertThat(eval(model, bare, "--labels", classes.toString())).contains("integer    100.00 %  (2)");
        assertThat(eval(model, bare, "--labels", folder.resolve("w.npz").toString())).contains("E403", "w.npz", "x.scale");
    }

    private static String eval(Path model, Path data, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Qcc.execute(stream, stream, Stream.concat(Stream.of("eval", model.toString(), "--data", data.toString()),
                Arrays.stream(more)).toArray(String[]::new));
        return out.toString(StandardCharsets.UTF_8);
    }
}
