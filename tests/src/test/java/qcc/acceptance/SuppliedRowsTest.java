package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import qcc.codegen.FileTree;
import qcc.codegen.Layout;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.driver.Project;
import qcc.driver.ProjectWriter;
import qcc.driver.Verification;
import qcc.ir.Stage;
import qcc.target.Installation;

/** Firmware whose input never lies in memory as a whole: the application supplies its rows while the network runs. */
class SuppliedRowsTest {
    private static final String SANITIZED = "-fsanitize=address,undefined -fno-sanitize-recover=all";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"host, gcc, make", "cortex-m0, arm-none-eabi-gcc, qemu-system-arm",
        "cortex-m3, arm-none-eabi-gcc, qemu-system-arm", "cortex-m4, arm-none-eabi-gcc, qemu-system-arm",
        "cortex-m7, arm-none-eabi-gcc, qemu-system-arm", "cortex-m23, arm-none-eabi-gcc, qemu-system-arm",
        "cortex-m33, arm-none-eabi-gcc, qemu-system-arm", "cortex-m55, arm-none-eabi-gcc, qemu-system-arm"})
    void everyLayerIsExact(String target, String compiler, String emulator) {
        Workshop.require(compiler, emulator, "make");
        Compilation digits = Workshop.digitsByRows();
        Project project = Workshop.project(digits, target);
        assertThat(project.program().inputs()).allMatch(port -> port.supplied());
        assertThat(new Verification(project, Duration.ofMinutes(2), target.equals("host") ? SANITIZED : "")
                .run(Inputs.mixture(digits.graph(Stage.INTEGER), digits.samples(), 20, 3)).mismatch()).isEmpty();
    }

    /** The self-test takes its rows from the vectors in flash, in an order that the compiler has foreseen. */
    @Test
    void theSelfTestPasses() {
        Workshop.require("gcc", "make");
        Path written = Workshop.write(Workshop.project(Workshop.digitsByRows(), "host"), folder);
        assertThat(Workshop.run(written, "make", "all", "test")).contains("PASSED").doesNotContainIgnoringCase("warning:");
    }

    /** What an application has to do is the same in all layouts. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void everyLayoutShowsTheFunctionThatSupplies(Layout layout) throws IOException {
        Project project = Workshop.project(Workshop.digitsByRows(), "cortex-m4");
        FileTree files = layout.isFirmware() ? project.files() : project.library(layout, Installation.find());
        String example = files.files().keySet().stream().filter(name -> name.matches("(.*/)?(main\\.c|run\\.ino)"))
                .findFirst().orElseThrow();
        assertThat(files.text(example)).contains("void digits_image_row(int32_t row, int8_t *values)\n{")
                .contains("digits_run();").doesNotContain("digits_image()");
        assertThat(files.text("README.md")).contains("define `digits_image_row()`");
        ProjectWriter.write(files, folder);
        Workshop.require("arm-none-eabi-gcc");
        Path source = folder.resolve(example);
        if (example.endsWith(".c")) {
            Workshop.run(folder, "arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb", "-Wall", "-Wextra", "-Werror", "-Isrc",
                    "-Imodel", "-Itarget", "-c", "-o", "example.o", source.toString());
        }
    }

    /** Its header, to the letter; {@code -Dqcc.bless=true} rewrites it. */
    @Test
    void theHeaderSaysWhatToDo() throws IOException {
        Path golden = Installation.find().home().resolve("tests/golden/rows/digits.h");
        String header = Workshop.project(Workshop.digitsByRows(), "cortex-m4").files().text("model/digits.h");
        if (Boolean.getBoolean("qcc.bless")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, header);
        }
        assertThat(header).isEqualTo(Files.readString(golden));
    }

    /** A run asks for each row once and in order, and reads nothing that the application did not give it. */
    @Test
    void rowsAreAskedForOnceAndInOrder() throws IOException {
        Workshop.require("gcc");
        Path written = Workshop.write(Workshop.project(Workshop.digitsByRows(), "host"), folder);
        Files.writeString(written.resolve("order.c"), """
                #include "digits.h"

                static int32_t next;

                void digits_image_row(int32_t row, int8_t *values)
                {
                    if (row != next++) {
                        __builtin_trap();
                    }
                    for (int i = 0; i < DIGITS_IMAGE_ROW_BYTES; i++) {
                        values[i] = (int8_t)(row * 8 + i);
                    }
                }

                int main(void)
                {
                    digits_run();
                    return next == DIGITS_IMAGE_ROWS ? 0 : 1;
                }
                """);
        Workshop.run(written, "gcc", "-std=c99", "-Wall", "-Werror", "-Imodel", "-Ikernels", "-o", "order", "order.c",
                "model/digits.c");
        Workshop.run(written, "./order");
    }

    @Test
    void theInputHasNoPlaceOfItsOwn() {
        Project project = Workshop.project(Workshop.digitsByRows(), "cortex-m4");
        assertThat(project.program().memory().places()).doesNotContainKey(
                project.program().inputs().get(0).place().value().id());
        assertThat(project.program().streams()).flatExtracting(stream -> List.copyOf(stream.windows().values()))
                .singleElement().satisfies(window -> assertThat(window.rows()).isEqualTo(3));
    }
}
