package qcc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import qcc.driver.Compilation;
import qcc.ir.Graph;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyFile;
import qcc.tensor.FloatTensor;

/** Models that tests write down as text. */
public final class TestModels {
    private TestModels() {
    }

    /** The compilation of a text, which is put into a folder. */
    public static Compilation compilation(Path folder, String text) {
        try {
            Path file = Files.createTempFile(folder, "model", ".qdsl");
            Files.writeString(file, text);
            return new Compilation(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The typed graph of a model with one input {@code x} in -2..2, outputs {@code y} and random parameters. */
    public static Graph graph(Path folder, String shape, String body) {
        return compilation(folder, "model test(x: " + shape + " in [-2, 2]) -> y {\n" + body
                + "\n}\nparameters random(5)\n").model().graph();
    }

    /** Writes arrays to {@code name} in a folder. */
    public static void writeNpz(Path folder, String name, Map<String, NumpyArray> arrays) {
        try {
            Files.write(folder.resolve(name), NumpyFile.toNpz(arrays));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uniform values in -2..2 for every input. */
    public static List<FloatTensor> inputs(Graph graph, long seed) {
        Random random = new Random(seed);
        List<FloatTensor> tensors = new ArrayList<>();
        graph.inputs().forEach(input -> {
            FloatTensor tensor = FloatTensor.zeros(input.value().shape());
            for (int i = 0; i < tensor.size(); i++) {
                tensor.set(i, random.nextDouble() * 4 - 2);
            }
            tensors.add(tensor);
        });
        return tensors;
    }
}
