package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.model.Goal;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.InputUse;
import qcc.program.MemoryOptions;
import qcc.target.Installation;
import qcc.target.Targets;
import qcc.tensor.IntTensor;

/** MLPerf Tiny's image and audio models with inputs that are supplied row by row: bit-exact, and how much RAM is left. */
class SuppliedRowsTest {

    /** Where the largest map does not depend on the input, nothing is saved; the visual network loses its 27,648 bytes. */
    @ParameterizedTest
    @CsvSource({"kws_ref_model, BALANCED, 8784, 8784", "pretrainedResnet_quant, BALANCED, 16512, 16800",
            "vww_96_int8, BALANCED, 29400, 19368", "vww_96_int8, SIZE, 29400, 15288"})
    void theFirmwareIsExactInLessMemory(String model, Goal goal, int whole, int byRows) {
        Project written = project(new Compilation(MlperfTiny.model(model)), goal, InputUse.CONSUMED);
        assertThat(written.program().arenaBytes()).isEqualTo(whole);
        Compilation compilation = new Compilation(MlperfTiny.model(model));
        Project project = project(compilation, goal, InputUse.ROWS);
        assertThat(project.program().arenaBytes()).isEqualTo(byRows);
        assertThat(project.program().savings().rows()).isEqualTo(whole - byRows);
        Graph graph = compilation.graph(Stage.INTEGER);
        List<List<IntTensor>> inputs = MlperfTiny.vectors(model).stream().map(vector -> List.of(
                MlperfTiny.input(model, vector, graph.inputs().get(0).value().shape()))).toList();
        assertThat(new Verification(project, Duration.ofSeconds(120), "").run(inputs).mismatch()).isEmpty();
    }

    private static Project project(Compilation compilation, Goal goal, InputUse use) {
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(), Optional.empty(), Optional.of(goal),
                new MemoryOptions(OptionalLong.empty(), use)));
        Installation installation = Installation.find();
        return Project.of(compilation, new Targets(installation).load("cortex-m4"), installation);
    }
}
