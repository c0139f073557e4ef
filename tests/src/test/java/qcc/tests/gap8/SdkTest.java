package qcc.tests.gap8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.driver.Compilation;
import qcc.driver.Project;
import qcc.driver.ProjectWriter;
import qcc.emulator.Command;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;
import qcc.target.Installation;
import qcc.target.Targets;
import qcc.tests.InstalledTools;
import qcc.tests.errors.QccProcess;

/**
 * Projects for GAP-8 in the hands of the vendor's SDK. That cannot be had: a stand-in has its published rules and
 * programming interface, checks how they are used, and runs what it builds in qcc's simulator.
 */
class SdkTest {
    private static final Path HOME = Path.of(System.getProperty("qcc.home")).toAbsolutePath();
    private static final Path SDK = HOME.resolve("tests/src/test/resources/gap-sdk");
    private static final Path RULES = SDK.resolve("utils/rules");
    private static final String DIGITS = HOME.resolve("tests/models/digits/digits.qdsl").toString();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void requireTools() throws IOException {
        InstalledTools.require("riscv64-unknown-elf-gcc", "make");
        folder = Files.createDirectories(temporary.resolve("work"));
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of("RULES_DIR", "", "GAP_SDK_HOME", "", "PULP_SDK_HOME", "",
                "STANDIN_QCC", HOME.toString(), "STANDIN_CLASSES",
                HOME.resolve("emulator/target/classes").toString()));
        all.putAll(more);
        return all;
    }

    /** In a shell in which the SDK is set up. */
    private ProcessResult make(String... words) {
        List<String> all = new ArrayList<>(List.of("make"));
        all.addAll(List.of(words));
        Command command = Command.of(LIMIT, all).in(folder).mergingStderr()
                .without("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES");
        for (Map.Entry<String, String> variable : environment(Map.of("RULES_DIR", RULES.toString())).entrySet()) {
            command = command.with(variable.getKey(), variable.getValue());
        }
        return ProcessRunner.run(command);
    }

    private void writeDigits(int cores) {
        Installation installation = Installation.find();
        Project project = Project.of(new Compilation(Path.of(DIGITS)),
                new Targets(installation).load("gap8").withCores(cores).orElseThrow(), installation);
        ProjectWriter.write(project.files(), folder);
    }

    /** With the chip's instructions where the compiler is said to know them, and strict warnings. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-DQCC_XPULP -std=gnu11 -Wall -Wextra -Wconversion -Werror"})
    void theSdksRulesBuildAndRunTheProject(String flags) {
        writeDigits(8);
        ProcessResult application = make("all", "run", "platform=gvsoc", "STANDIN_CFLAGS=" + flags);
        assertThat(application.stdout()).endsWith("\ndigits: done\n");
        assertThat(application.exitCode()).isZero();

        ProcessResult test = make("clean", "all", "run", "platform=gvsoc", "PROGRAM=selftest", "STANDIN_CFLAGS=" + flags);
        assertThat(test.stdout()).endsWith("\ndigits: 8 vectors, 9 layers: PASSED\n");
        assertThat(test.exitCode()).isZero();
        assertThat(folder.resolve("build")).as("the folder of the other rules").doesNotExist();
    }

    /** The stand-in looks: without L1 the firmware must end, not compute in the wrong place. */
    @Test
    void wrongUseOfPmsisIsNoticed() throws IOException {
        writeDigits(8);
        Path header = folder.resolve("kernels/qcc_cluster.h");
        Files.writeString(header, Files.readString(header).replace("#define QCC_CORE_STACK 1024",
                "#define QCC_CORE_STACK 2048"));
        ProcessResult run = make("all", "run", "platform=gvsoc");
        assertThat(run.stdout()).contains("PMSIS: there is no L1 left for the stacks", "Error 99");
    }

    @Test
    void withoutL1TheFirmwareEnds() throws IOException {
        writeDigits(8);
        Path source = folder.resolve("model/digits.c");
        String text = Files.readString(source);
        assertThat(text).containsPattern("&local, \\d+\\)");
        Files.writeString(source, text.replaceAll("&local, \\d+\\)", "&local, 65536)"));
        assertThat(make("all", "run", "platform=gvsoc").stdout()).contains("Error 255").doesNotContain("digits: done");
    }

    private QccProcess verify(Map<String, String> environment, String emulator) throws IOException {
        return QccProcess.run(folder, environment(environment), "verify", DIGITS, "--target", "gap8", "--samples", "6",
                "--emulator", emulator);
    }

    @Test
    void verifyFindsTheSdkByItsEnvironment() throws IOException {
        QccProcess run = verify(Map.of("GAP_SDK_HOME", SDK.toString()), "gvsoc");
        assertThat(run.error()).isEmpty();
        assertThat(run.output()).contains("emulator      GVSOC, by the SDK with the rules in " + RULES + "\n",
                "digits on gap8: 9 layers, 6 inputs: bit-exact").doesNotContain("flash");
        assertThat(run.exitCode()).isZero();
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void bothSimulatorsTogether() throws IOException {
        QccProcess run = verify(Map.of("RULES_DIR", RULES.toString()), "all");
        assertThat(run.output().split("9 layers, 6 inputs: bit-exact", -1)).hasSize(3);
        assertThat(run.error()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void withoutAnSdkThereIsAReason() throws IOException {
        String reason = "`gvsoc` comes with an SDK, and no SDK is set up; source the script `sourceme.sh` of GAP SDK or "
                + "PULP SDK first; none of RULES_DIR, GAP_SDK_HOME, PULP_SDK_HOME leads to a file pmsis_rules.mk\n";
        QccProcess asked = verify(Map.of("GAP_SDK_HOME", temporary.toString()), "gvsoc");
        assertThat(asked.error()).startsWith("error[E703]: " + reason);
        assertThat(asked.exitCode()).isEqualTo(4);
        assertThat(asked.output()).isEmpty();

        QccProcess all = verify(Map.of(), "all");
        assertThat(all.error()).isEqualTo("left out: " + reason);
        assertThat(all.output()).containsOnlyOnce("bit-exact");
        assertThat(all.exitCode()).isZero();
    }

    @Test
    void whatTheSdkCannotBuildOrRunIsTold() throws IOException {
        QccProcess build = verify(Map.of("RULES_DIR", RULES.toString(), "STANDIN_CFLAGS", "-Wno-such -Werror=none"), "gvsoc");
        assertThat(build.error()).startsWith("error[E704]: the build failed").doesNotContain("\tat ");
        QccProcess run = verify(Map.of("RULES_DIR", RULES.toString(), "STANDIN_CLASSES", temporary.toString()), "gvsoc");
        assertThat(run.error()).startsWith("error[E705]: the firmware ended with exit code 1").contains("qcc.gap8.Main");
        assertThat(List.of(build.exitCode(), run.exitCode())).doesNotContain(0);
        assertThat(run.leftOver()).isEmpty();
    }
}
