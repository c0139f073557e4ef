package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectBuildTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path project;
    private ProjectBuild build;

    @BeforeEach
    void makefile() throws IOException {
        Firmware.assumeInstalled("make");
        build = new ProjectBuild(Tools.system());
        Files.writeString(project.resolve("Makefile"), String.join("\n",
                "TEXT = from the makefile",
                "out.txt: ; @echo 'building $@' && echo 'a warning' >&2 && printf '%s' '$(TEXT)' > $@",
                "broken: ; @false",
                "slow: ; @sleep 100", ""));
    }

    @Test
    void buildsAGoalInTheProject() {
        ProjectBuild.Result result = build.make(project, "out.txt", Map.of(), LONG);

        assertThat(result.success()).isTrue();
        assertThat(result.log()).isEqualTo("building out.txt\na warning\n");
        assertThat(project.resolve("out.txt")).hasContent("from the makefile");
    }

    @Test
    void variablesOverrideTheMakefile() {
        build.make(project, "out.txt", Map.of("TEXT", "two words"), LONG);

        assertThat(project.resolve("out.txt")).hasContent("two words");
    }

    @Test
    void aFailureLeavesMakesMessageInTheLog() {
        ProjectBuild.Result result = build.make(project, "broken", Map.of(), LONG);

        assertThat(result.success()).isFalse();
        assertThat(result.timedOut()).isFalse();
        assertThat(result.log()).contains("Makefile:3: broken").contains("Error 1");
        assertThat(build.make(project, "nothing", Map.of(), LONG).log()).contains("No rule to make target 'nothing'");
    }

    @Test
    void aBuildThatHangsIsStopped() {
        ProjectBuild.Result result = build.make(project, "slow", Map.of(), Duration.ofMillis(500));

        assertThat(result.success()).isFalse();
        assertThat(result.timedOut()).isTrue();
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void saysWhenThereIsNoMake() {
        ProjectBuild none = new ProjectBuild(Tools.of(Map.of()));

        assertThatThrownBy(() -> none.make(project, "out.txt", Map.of(), LONG)).isInstanceOf(ToolMissing.class)
                .hasMessageContaining("package make");
    }
}
