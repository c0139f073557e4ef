package qcc.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;
import qcc.model.Goal;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.MemoryOptions;
import qcc.tests.quantisation.MlperfSamples;

/**
 * How a model is measured.
 *
 * @param goal         what kernels and code aim at; absent: what the model says
 * @param powersOfTwo  whether, in place of a model of MLPerf Tiny that is quantised already, the one of reals that it was
 *                     made of is quantised with scales that are powers of two
 */
record Variant(Optional<Goal> goal, boolean powersOfTwo) {
    static final Variant PLAIN = new Variant(Optional.empty(), false);

    private static final String POWERS_OF_TWO = "scales power_of_two";
    private static final int SAMPLES = 24;
    private static final int SEED = 1;

    /** Whether the expected counts are of this. */
    boolean isPlain() {
        return equals(PLAIN);
    }

    Compilation compilation(BenchmarkModel model) {
        if (!powersOfTwo) {
            return compilation(model.file(), Optional.empty(), Optional.empty());
        }
        String name = MlperfSamples.TWINS.entrySet().stream().filter(entry -> entry.getValue().equals(model.name()))
                .map(Map.Entry::getKey).findFirst().orElseThrow();
        try {
            Path samples = Files.createTempFile("qcc-samples", ".npz");
            try {
                MlperfSamples.write(samples, MlperfSamples.of(model.vectors().getParent().getParent(), model.name(),
                        SAMPLES, SEED));
                Compilation compilation = compilation(model.file().resolveSibling(name + ".tflite"),
                        Optional.of(samples), Optional.of(POWERS_OF_TWO));
                compilation.samples(); // before the file is gone
                return compilation;
            } finally {
                Files.delete(samples);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Compilation compilation(Path file, Optional<Path> calibration, Optional<String> quantize) {
        Compilation compilation = new Compilation(file);
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, calibration, quantize, goal, MemoryOptions.DEFAULT));
        return compilation;
    }
}
