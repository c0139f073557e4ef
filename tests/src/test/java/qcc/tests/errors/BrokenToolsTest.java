package qcc.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.tests.InstalledTools;

/** What qcc says when a tool is missing or fails; nothing is left behind then either. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BrokenToolsTest {
    static final String MODEL = """
            model m(x: [4] in [-1, 1]) -> y {
                y = x |> sigmoid as act
            }

            quantize {
                calibrate random(1)
            }
            """;

    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void writeModel() throws IOException {
        folder = Files.createDirectories(temporary.resolve("work"));
        Files.writeString(folder.resolve("m.qdsl"), MODEL);
    }

    @ParameterizedTest
    @CsvSource({"host, gcc", "cortex-m4, qemu-system-arm"})
    void aMissingToolIsNamedWithItsPackage(String target, String debianPackage) throws IOException {
        Path empty = Files.createDirectories(temporary.resolve("empty"));
        QccProcess run = QccProcess.run(folder, Map.of("PATH", empty.toString()), "verify", "m.qdsl", "--target",
                target);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.error()).startsWith("error[E703]: program `").contains("on Debian: apt-get install "
                + debianPackage + "\n").doesNotContain("\tat ");
        assertThat(run.output()).isEmpty();
        assertThat(run.leftOver()).isEmpty();
        assertThat(QccProcess.names(folder)).containsExactly("m.qdsl");
    }

    @Test
    void aBoardThatOnlyRenodeHasSaysWhereToGetRenode() throws IOException {
        String path = System.getenv("PATH");
        QccProcess run = QccProcess.run(folder, Map.of("PATH", path, "RENODE", "/no/such/renode"), "verify", "m.qdsl",
                "--target", "nrf52840dk");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.error()).startsWith("error[E703]: program `renode` not found: RENODE is set to /no/such/renode")
                .doesNotContain("\tat ");
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void aModelCompilesWithoutAnyTool() throws IOException {
        Path empty = Files.createDirectories(temporary.resolve("empty"));
        QccProcess run = QccProcess.run(folder, Map.of("PATH", empty.toString()), "m.qdsl");
        assertThat(run.error()).isEmpty();
        assertThat(run.output()).contains("arm-none-eabi-gcc or make is not installed");
        assertThat(run.exitCode()).isZero();
        assertThat(run.leftOver()).isEmpty();
        assertThat(QccProcess.names(folder)).containsExactly("m-cortex-m4", "m.qdsl");
    }

    /** Constants fit, and only with the code they do not: the linker finds out. */
    @ParameterizedTest
    @CsvSource({"gap8, riscv64-unknown-elf-gcc, 1000, 512", "stm32f103-bluepill, arm-none-eabi-gcc, 100, 622"})
    void aFirmwareThatIsTooLargeWithItsCodeIsNoFailedBuild(String target, String compiler, int inputs, int units)
            throws IOException {
        InstalledTools.require(compiler, "make");
        Files.writeString(folder.resolve("m.qdsl"), "model m(x: [" + inputs + "] in [-1, 1]) -> y {\n    y = x |> dense("
                + units + ") as big\n}\nparameters random(1)\nquantize { calibrate random(1) }\n");
        QccProcess run = QccProcess.run(folder, Map.of(), "m.qdsl", "--target", target);
        assertThat(run.error()).containsPattern("^error\\[E601\\]: with its code, the firmware is larger than the memory of "
                + target + " by \\d+ bytes\n +--> m.qdsl:2:14\n").contains("the largest constants are big_weights (");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.leftOver()).isEmpty();
        assertThat(QccProcess.names(folder)).containsExactly("m.qdsl");
    }

    @Test
    void aTemporaryFolderThatIsNotThereIsNamed() throws IOException {
        Path gone = temporary.resolve("gone");
        QccProcess run = QccProcess.run(folder, Map.of("_JAVA_OPTIONS", "-Djava.io.tmpdir=" + gone), "verify",
                "m.qdsl", "--target", "host", "--samples", "4");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.error()).contains("error[E801]: the folder for temporary files cannot be written: ",
                " --> " + gone, "-Djava.io.tmpdir=FOLDER").doesNotContain("\tat ");
    }

    /** The tensor is allowed, the heap is too small for it. */
    @Test
    void tooLittleMemoryIsNoStackTrace() throws IOException {
        Files.writeString(folder.resolve("m.qdsl"), """
                model m(x: [1000, 100, 20] in [-1, 1]) -> y {
                    y = x |> conv2d(filters = 16, kernel = 1) |> relu6 |> sigmoid |> tanh |> global_avg_pool
                }

                parameters random(1)

                quantize {
                    calibrate random(seed = 1, count = 2)
                }
                """);
        QccProcess run = QccProcess.run(folder, Map.of("JAVA_TOOL_OPTIONS", "-Xmx40m"), "m.qdsl");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.error()).contains("error[E207]").contains("JAVA_TOOL_OPTIONS").doesNotContain("\tat ");
        assertThat(QccProcess.names(folder)).containsExactly("m.qdsl");
    }

    @Test
    void theCompilersComplaintIsQuoted() throws IOException {
        target("broken", "inherits = host\nsources = broken.c\n", "broken.c", "int main(void) { return zero; }\n");
        CommandLineRun run = run("verify", "broken");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).startsWith("error[E704]: the build failed\n").contains("= why: ", "broken.c:1:25", "zero")
                .doesNotContain("\tat ");
        assertThat(QccProcess.names(folder)).containsExactly("m.qdsl", "targets");
    }

    @Test
    void aCrashOfTheFirmwareIsTold() throws IOException {
        target("crashing", "inherits = host\nsources = crash.c\n", "crash.c", """
                #include <stdlib.h>
                #include "qcc_io.h"
                void qcc_io_print(const char *text) { (void)text; }
                int qcc_io_open(const char *path, int write) { (void)path; (void)write; exit(77); }
                int32_t qcc_io_read(int h, void *data, uint32_t size) { (void)h; (void)data; (void)size; return 0; }
                int32_t qcc_io_write(int h, const void *data, uint32_t n) { (void)h; (void)data; (void)n; return 0; }
                void qcc_io_close(int handle) { (void)handle; }
                void qcc_io_exit(int code) { exit(code); }
                """);
        CommandLineRun run = run("verify", "crashing");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).startsWith("error[E705]: the firmware ended with exit code 77\n")
                .doesNotContain("\tat ");
    }

    @Test
    void anUnknownEmulatorIsAWrongTarget() throws IOException {
        target("odd", "inherits = host\nemulator = spike --isa=rv32\n", "odd.c", "");
        CommandLineRun run = run("compile", "odd", "-o", "./out");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("error[E702]: the target's description names an unknown emulator `spike`;")
                .contains("\n --> targets/odd\n", "native");
    }

    /** A kernel that changes one element: the layer, the element and the line are named. */
    @Test
    void aWrongKernelIsFound() throws IOException {
        Path home = temporary.resolve("home");
        Path runtime = Files.createDirectories(home.resolve("runtime-c"));
        link(CommandLineRun.home().resolve("runtime-c"), runtime);
        link(CommandLineRun.home(), home);
        Path kernel = runtime.resolve("qcc_lookup.h");
        String right = Files.readString(kernel);
        Files.delete(kernel);
        String wrong = right.replace("y[i] = middle[x[i]]", "y[i] = (int8_t)(middle[x[i]] ^ (i == 2))");
        assertThat(wrong).isNotEqualTo(right);
        Files.writeString(kernel, wrong);
        CommandLineRun run = CommandLineRun.of(folder, home, List.of("verify", "./m.qdsl", "--target", "host",
                "--samples", "8", "--html", "./report.html"));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("error[E706]: ").contains("`act`", "element [2]", "./m.qdsl:2:14");
        assertThat(run.out()).contains("8 of 8 inputs differ", "NOT EQUAL");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("differs from the reference",
                "8 of 8 inputs differ", "First difference", "element [2]: firmware ");
    }

    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.list(from)) {
            for (Path path : all.toList()) {
                if (!Files.exists(to.resolve(path.getFileName()))) {
                    Files.createSymbolicLink(to.resolve(path.getFileName()), path);
                }
            }
        }
    }

    private void target(String name, String description, String file, String text) throws IOException {
        Path target = Files.createDirectories(folder.resolve("targets").resolve(name));
        Files.writeString(target.resolve("target.properties"), description);
        Files.writeString(target.resolve(file), text);
    }

    private CommandLineRun run(String command, String target, String... more) throws IOException {
        Path home = CommandLineRun.homeWith(temporary.resolve("home"), folder.resolve("targets"));
        return CommandLineRun.of(folder, home, Stream.concat(Stream.of(command, "./m.qdsl", "--target", target),
                Stream.of(more)).toList());
    }
}
