package qcc.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyFile;
import qcc.target.Installation;
import qcc.tensor.IntTensor;

/**
 * A model that is measured.
 *
 * @param name    of its file, without the ending
 * @param file    the model
 * @param vectors the folder of its inputs, {@code NAME.in.npy}; absent where the compilation's samples serve
 */
public record BenchmarkModel(String name, Path file, Path vectors) {
    private static final List<String> MLPERF_TINY =
            List.of("pretrainedResnet_quant", "kws_ref_model", "vww_96_int8", "ad01_int8");
    private static final int MIXED_INPUTS = 20;

    /** All models, whether their data is there or not: the repository's own, and MLPerf Tiny beside it. */
    public static List<BenchmarkModel> all() {
        Path home = Installation.find().home();
        Path tiny = home.resolveSibling("shared").resolve("mlperf-tiny");
        BenchmarkModel digits = new BenchmarkModel("digits", home.resolve("tests/models/digits/digits.qdsl"), null);
        return Stream.concat(Stream.of(digits), MLPERF_TINY.stream().map(name -> new BenchmarkModel(name,
                tiny.resolve("models").resolve(name + ".tflite"), tiny.resolve("vectors").resolve(name)))).toList();
    }

    /** Whether the model's file is on this machine. */
    public boolean present() {
        return Files.exists(file);
    }

    /** The model as its author wrote it. */
    public Compilation compilation() {
        return new Compilation(file);
    }

    /** The inputs that firmware is compared with the reference on. */
    List<List<IntTensor>> inputs(Compilation compilation, Variant variant) {
        return variant.powersOfTwo() ? mixture(compilation) : inputs(compilation);
    }

    /** Likewise, of the model as it is: its vectors, in the order of their names, or else a mixture. */
    public List<List<IntTensor>> inputs(Compilation compilation) {
        if (vectors == null) {
            return mixture(compilation);
        }
        Graph graph = compilation.graph(Stage.INTEGER);
        try (Stream<Path> files = Files.list(vectors)) {
            return files.filter(file -> file.toString().endsWith(".in.npy")).sorted()
                    .map(file -> List.of(new IntTensor(graph.inputs().get(0).value().shape(),
                            NumpyFile.read(file).find(NumpyArchive.UNNAMED).orElseThrow().toInts()))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<List<IntTensor>> mixture(Compilation compilation) {
        return Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(), MIXED_INPUTS, 1);
    }
}
