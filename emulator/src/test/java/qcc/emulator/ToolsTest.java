package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {
    @TempDir
    Path directory;
    private Path first;
    private Path second;

    @BeforeEach
    void twoPrograms() throws IOException {
        first = program(Files.createDirectory(directory.resolve("first")), "echo 'first 1.0'; echo more");
        second = program(Files.createDirectory(directory.resolve("second")), "echo 'second 2.0' >&2");
        Files.writeString(directory.resolve("plain"), "not executable");
    }

    @Test
    void takesTheFirstOnThePath() {
        Tools tools = Tools.of(Map.of("PATH", directory + "/none:" + first.getParent() + ":" + second.getParent()));

        assertThat(tools.find("some-tool")).isEqualTo(first);
        assertThat(tools.version("some-tool")).isEqualTo("first 1.0");
    }

    @Test
    void aVariableOverridesThePath() {
        Tools tools = Tools.of(Map.of("PATH", first.getParent().toString(), "QCC_SOME_TOOL", second.toString()));

        assertThat(tools.find("some-tool")).isEqualTo(second);
        assertThat(tools.version("some-tool")).isEqualTo("second 2.0");
    }

    @Test
    void aWrongVariableIsNotIgnored() {
        Path plain = directory.resolve("plain");
        Tools tools = Tools.of(Map.of("PATH", first.getParent().toString(), "QCC_SOME_TOOL", plain.toString()));

        assertThat(tools.locate("some-tool")).isEmpty();
        assertThatThrownBy(() -> tools.find("some-tool")).isInstanceOf(ToolMissing.class)
                .hasMessageContaining("QCC_SOME_TOOL is set to " + plain);
    }

    @Test
    void tellsThePackageOfAMissingProgram() {
        assertThatThrownBy(() -> Tools.of(Map.of()).find("qemu-system-riscv32"))
                .isInstanceOfSatisfying(ToolMissing.class,
                        missing -> assertThat(missing.debianPackage()).contains("qemu-system-misc"))
                .hasMessageContaining("package qemu-system-misc").hasMessageContaining("QCC_QEMU_SYSTEM_RISCV32");
    }

    @Test
    void doesNotInventAPackage() {
        assertThatThrownBy(() -> Tools.of(Map.of()).find("some-tool"))
                .isInstanceOfSatisfying(ToolMissing.class, missing -> assertThat(missing.debianPackage()).isEmpty());
    }

    private static Path program(Path folder, String script) throws IOException {
        Path file = Files.writeString(folder.resolve("some-tool"), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
