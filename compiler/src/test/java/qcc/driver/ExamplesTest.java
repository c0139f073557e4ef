package qcc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.ops.Example;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.target.Installation;
import qcc.target.Targets;
import qcc.testing.TestModels;

/** Every example of every operator becomes a project, with portable kernels and with those of a DSP core. */
class ExamplesTest {
    @TempDir
    private Path folder;

    static Stream<Operator<?>> operators() {
        return Operators.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void becomeProjects(Operator<?> operator) {
        Installation installation = Installation.find();
        assertThat(operator.examples()).isNotEmpty();
        for (Example example : operator.examples()) {
            becomesProject(installation, example.model("power_of_two"), "cortex-m4");
            becomesProject(installation, example.model("dyadic"), "host");
        }
    }

    private void becomesProject(Installation installation, String model, String target) {
        Compilation compilation = TestModels.compilation(folder, model);
        Project project = Project.of(compilation, new Targets(installation).load(target), installation);
        String source = project.files().text("model/example.c");
        assertThat(source).doesNotContain("null");
        project.program().steps().forEach(step ->
                assertThat(source).contains("qcc_" + step.kernel().name() + "("));
    }
}
