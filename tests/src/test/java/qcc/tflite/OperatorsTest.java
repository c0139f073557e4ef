package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.target.Installation;
import qcc.target.Targets;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Every int8 operator against an independent statement of TFLite's arithmetic, then in firmware. */
class OperatorsTest {
    private static final int SAMPLES = 60;

    @TempDir
    private Path folder;

    private Compilation compilation(CaseModel cases, RoundingSteps steps) throws IOException {
        Path file = folder.resolve("operators.tflite");
        Files.write(file, cases.file());
        Compilation compilation = new Compilation(file);
        compilation.use(new ModelSettings(steps, Optional.empty(), Optional.empty()));
        return compilation;
    }

    /** Random images and vectors, and extremes. */
    private static List<List<IntTensor>> samples() {
        Random random = new Random(11);
        List<List<IntTensor>> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            int low = i == 0 ? -128 : i == 1 ? 127 : i % 3 == 0 ? -20 : -128;
            int high = i == 0 ? -127 : i == 1 ? 128 : i % 3 == 0 ? 20 : 128;
            List<IntTensor> sample = new ArrayList<>();
            for (Shape shape : List.of(Shape.of(CaseModel.H, CaseModel.W, CaseModel.C),
                    Shape.of(CaseModel.H, CaseModel.W, CaseModel.C), Shape.of(CaseModel.C))) {
                sample.add(new IntTensor(shape, random.ints(shape.size(), low, high).toArray()));
            }
            samples.add(sample);
        }
        return samples;
    }

    private static int[] values(IntTensor tensor) {
        int[] values = new int[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i);
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(RoundingSteps.class)
    void theInterpreterComputesWhatTfliteDefines(RoundingSteps steps) throws IOException {
        CaseModel cases = CaseModel.ofAllOperators(steps == RoundingSteps.DOUBLE);
        Graph graph = compilation(cases, steps).graph(Stage.INTEGER);
        for (List<IntTensor> sample : samples()) {
            List<IntTensor> outputs = IntegerInterpreter.run(graph, sample).outputs();
            for (int i = 0; i < outputs.size(); i++) {
                int[] expected = cases.cases().get(i).expected().of(values(sample.get(0)), values(sample.get(1)),
                        values(sample.get(2)));
                assertThat(values(outputs.get(i))).as(cases.cases().get(i).name()).containsExactly(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, host, '-fsanitize=address,undefined'", "SINGLE, host, ''", "DOUBLE, cortex-m4, ''",
            "SINGLE, cortex-m4, ''"})
    void firmwareComputesTheSame(RoundingSteps steps, String target, String flags) throws IOException {
        Compilation compilation = compilation(CaseModel.ofAllOperators(steps == RoundingSteps.DOUBLE), steps);
        Installation installation = Installation.find();
        Project project = Project.of(compilation, new Targets(installation).load(target), installation);
        assertThat(new Verification(project, Duration.ofSeconds(60), flags).run(samples()).mismatch()).isEmpty();
    }
}
