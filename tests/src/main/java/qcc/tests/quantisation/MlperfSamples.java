package qcc.tests.quantisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import qcc.driver.Compilation;
import qcc.interpreter.FloatInterpreter;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.numpy.NumpyArchive;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyFile;
import qcc.ops.Layer;
import qcc.ops.Softmax;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * Inputs for the float models of MLPerf Tiny, made of the vectors that came with their int8 twins: of these, the ones
 * that show something, not those that are all one value, a pattern, or noise.
 */
public final class MlperfSamples {
    /** The float models, and the int8 models that were made of them. */
    public static final Map<String, String> TWINS = Map.of("ad01_fp32", "ad01_int8", "kws_ref_model_float32",
            "kws_ref_model", "pretrainedResnet", "pretrainedResnet_quant", "vww_96_float", "vww_96_int8");

    private static final String DEGENERATE = "all_.*|checker.*|rand.*";
    private static final int LEAVES = 24;
    private static final double MARGIN = 0.05;

    private MlperfSamples() {
    }

    /**
     * The inputs of a model.
     *
     * @param folder of the models and vectors
     * @param twin   the int8 model
     */
    public static List<FloatTensor> of(Path folder, String twin, int count, long seed) {
        Value input = new Compilation(folder.resolve("models").resolve(twin + ".tflite")).graph(Stage.INTEGER).inputs()
                .get(0).value();
        Quantization quantization = input.quantized();
        List<FloatTensor> originals = new ArrayList<>();
        for (Path vector : vectors(folder.resolve("vectors").resolve(twin))) {
            FloatTensor real = real(NumpyFile.read(vector).find(NumpyArchive.UNNAMED).orElseThrow(), input.shape(),
                    quantization);
            if (!isConstant(real)) {
                originals.add(real);
            }
        }
        Shape shape = input.shape();
        if (shape.rank() == 3 && shape.last() == 3) {
            originals.addAll(DeadLeaves.images(shape, quantization.dequantize(Quantization.MAX), LEAVES, seed));
        }
        return Variations.of(originals, count, seed);
    }

    /**
     * The samples on which a float classifier is decided: its largest probability is at least {@link #MARGIN} above the
     * second. Which of two equal classes a quantised network names says nothing about quantisation. Networks that do not
     * end in a softmax are always decided.
     */
    static List<FloatTensor> decided(Graph graph, List<FloatTensor> samples) {
        Node last = graph.nodes().get(graph.nodes().size() - 1);
        return !(((Layer<?>) last.operation()).operator() instanceof Softmax) ? samples : samples.stream().parallel()
                .filter(sample -> margin(FloatInterpreter.run(graph, List.of(sample)).outputs().get(0)) >= MARGIN)
                .toList();
    }

    /** Writes samples as a NumPy file. */
    public static Path write(Path file, List<FloatTensor> samples) throws IOException {
        int size = samples.get(0).size();
        float[] values = new float[samples.size() * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples.get(i / size).get(i % size);
        }
        int[] extents = samples.get(0).shape().dims().stream().mapToInt(d -> d).toArray();
        int[] shape = new int[extents.length + 1];
        shape[0] = samples.size();
        System.arraycopy(extents, 0, shape, 1, extents.length);
        return Files.write(file, NumpyFile.toNpz(Map.of("x", NumpyArray.ofFloats(shape, values))));
    }

    private static double margin(FloatTensor probabilities) {
        double[] sorted = new double[probabilities.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = probabilities.get(i);
        }
        Arrays.sort(sorted);
        return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }

    private static List<Path> vectors(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".in.npy"))
                    .filter(file -> !file.getFileName().toString().matches(DEGENERATE)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FloatTensor real(NumpyArray array, Shape shape, Quantization quantization) {
        int[] integers = array.toInts();
        FloatTensor real = FloatTensor.zeros(shape);
        for (int i = 0; i < integers.length; i++) {
            real.set(i, quantization.dequantize(integers[i]));
        }
        return real;
    }

    private static boolean isConstant(FloatTensor tensor) {
        for (int i = 1; i < tensor.size(); i++) {
            if (tensor.get(i) != tensor.get(0)) {
                return false;
            }
        }
        return true;
    }
}
