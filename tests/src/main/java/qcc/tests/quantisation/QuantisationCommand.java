package qcc.tests.quantisation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import qcc.cli.Qcc;
import qcc.driver.Compilation;
import qcc.ir.Graph;
import qcc.target.Installation;
import qcc.tensor.FloatTensor;

/** {@code tests/quantisation}: the table of methods for each real network. */
@Command(name = "tests/quantisation", mixinStandardHelpOptions = true,
        description = "Prints what each method of quantisation contributes, for the models in this repository and those "
                + "of MLPerf Tiny beside it.")
public final class QuantisationCommand implements Callable<Integer> {
    private static final int CALIBRATION_SEED = 1;
    private static final int TEST_SEED = 2;

    /** The models with labels in this repository, and the float models of MLPerf Tiny with their int8 twins. */
    private static final List<String> LABELLED = List.of("digits", "handwriting");
    private static final Map<String, String> TWINS = MlperfSamples.TWINS;

    @Parameters(paramLabel = "MODEL", description = "which models (default: all)")
    private List<String> models = new ArrayList<>();

    @Option(names = "--samples", paramLabel = "N", defaultValue = "100",
            description = "calibration samples and test samples of the models without labels (default: "
                    + "${DEFAULT-VALUE})")
    private int samples;

    @Option(names = "--quantize", paramLabel = "SETTINGS", defaultValue = "scales power_of_two",
            description = "settings that all methods start from (default: ${DEFAULT-VALUE})")
    private String quantize;

    @Option(names = "--write", paramLabel = "DIR",
            description = "only write the samples of the MLPerf Tiny models there")
    private Path write;

    @Override
    public Integer call() throws IOException {
        Path home = Installation.find().home();
        PrintStream out = System.out;
        for (String model : LABELLED) {
            if (write == null && isWanted(model)) {
                Path folder = home.resolve("tests/models").resolve(model);
                out.println("\n" + model);
                Qcc.execute(out, System.err, "eval", folder.resolve(model + ".qdsl").toString(), "--methods", "--data",
                        folder.resolve("test.npz").toString(), "--quantize", quantize);
            }
        }
        Path mlperf = home.resolveSibling("shared").resolve("mlperf-tiny");
        for (String model : TWINS.keySet().stream().sorted().filter(this::isWanted).toList()) {
            if (!Files.exists(mlperf)) {
                out.println("\n" + model + ": not there, " + mlperf + " does not exist");
                continue;
            }
            Path folder = write == null ? Files.createTempDirectory("qcc-quantisation") : write;
            Path calibration = write(folder.resolve(model + "-calibration.npz"), mlperf, model, CALIBRATION_SEED);
            Path test = write(folder.resolve(model + "-test.npz"), mlperf, model, TEST_SEED);
            if (write == null) {
                out.println("\n" + model);
                Qcc.execute(out, System.err, "eval", mlperf.resolve("models").resolve(model + ".tflite").toString(),
                        "--methods", "--calibrate", calibration.toString(), "--data", test.toString(), "--quantize",
                        quantize);
                Files.delete(calibration);
                Files.delete(test);
                Files.delete(folder);
            }
        }
        return 0;
    }

    private boolean isWanted(String model) {
        return models.isEmpty() || models.contains(model);
    }

    private Path write(Path file, Path mlperf, String model, long seed) throws IOException {
        Graph graph = new Compilation(mlperf.resolve("models").resolve(model + ".tflite")).model().graph();
        List<FloatTensor> all = MlperfSamples.of(mlperf, TWINS.get(model), samples, seed);
        return MlperfSamples.write(file, seed == TEST_SEED ? MlperfSamples.decided(graph, all) : all);
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new QuantisationCommand()).execute(arguments));
    }
}
