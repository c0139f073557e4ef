package qcc.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.ir.Stage;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;

/** Every target there is runs digits bit-exactly: a new folder under targets/ is tested by being there. */
class TargetsTest {
    private static final Installation INSTALLATION = Installation.find();

    static Stream<String> names() {
        return new Targets(INSTALLATION).names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void runsDigitsBitExactly(String name) {
        Target target = new Targets(INSTALLATION).load(name);
        InstalledTools.require(target.compiler(), "make");
        Compilation compilation = new Compilation(
                Path.of(System.getProperty("qcc.home"), "tests", "models", "digits", "digits.qdsl"));
        Project project = Project.of(compilation, target, INSTALLATION);
        assumeTrue(project.emulator().isInstalled(), project.emulator().name() + " is not installed");
        VerificationReport report = new Verification(project, Duration.ofMinutes(1), "")
                .run(Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(), 40, 1));
        assertThat(report.mismatch()).isEmpty();
        assertThat(report.samples()).isEqualTo(40);
    }
}
