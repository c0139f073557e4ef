package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyFile;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** The models of MLPerf Tiny and what TFLite computes with them; test data beside the repository. */
final class MlperfTiny {
    private static final Path FOLDER = Path.of(System.getProperty("qcc.home")).resolveSibling("shared")
            .resolve("mlperf-tiny");

    private MlperfTiny() {
    }

    /** A model file; skips the test where the data is absent. */
    static Path model(String name) {
        Path file = FOLDER.resolve("models").resolve(name + ".tflite");
        assumeTrue(Files.exists(file), () -> "the MLPerf Tiny models are not in " + FOLDER);
        return file;
    }

    /** The names of a model's vectors. */
    static List<String> vectors(String model) {
        try (Stream<Path> files = Files.list(FOLDER.resolve("vectors").resolve(model))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".in.npy")).map(name -> name.substring(0, name.length() - 7))
                    .sorted().toList();
            assertThat(names).isNotEmpty();
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path vector(String model, String file) {
        return FOLDER.resolve("vectors").resolve(model).resolve(file);
    }

    static IntTensor input(String model, String vector, Shape shape) {
        return tensor(unnamed(vector(model, vector + ".in.npy")), shape);
    }

    static IntTensor output(String model, String vector, Shape shape) {
        return tensor(unnamed(vector(model, vector + ".out.npy")), shape);
    }

    private static NumpyArray unnamed(Path file) {
        return NumpyFile.read(file).find(NumpyArchive.UNNAMED).orElseThrow();
    }

    /** The array's integers, without the batch. */
    static IntTensor tensor(NumpyArray array, Shape shape) {
        return new IntTensor(shape, array.toInts());
    }
}
