package qcc.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;

class TargetsTest {
    private static final String BASE = """
            description = A core
            compiler = cc
            flags.cpu = -mcpu=x  -mthumb
            flags.link =
            sources = start.c io.c
            headers = io.h
            linker.script = link.ld
            flash.origin = 0x100
            flash.size = 256K
            ram.origin = 0x2000
            ram.size = 2M
            stack.size = 8K
            kernels = fast.kernels
            emulator = native
            packages = gcc make
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void base() throws IOException {
        write("base/target.properties", BASE);
        write("base/start.c", "");
        write("base/link.ld", "");
        write("base/fast.kernels", "dense: dense_fast\n");
        write("common/portable.kernels", "dense: dense\n");
        write("common/io.c", "");
        write("common/io.h", "");
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve("targets").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Target load(String name) {
        return new Targets(new Installation(home)).load(name);
    }

    private void refused(String name, Code code, String message) {
        assertThatThrownBy(() -> load(name)).isInstanceOfSatisfying(CompilationFailed.class, e -> {
            assertThat(e.diagnostics()).hasSize(1);
            assertThat(e.diagnostics().get(0).code()).isEqualTo(code);
            assertThat(e.diagnostics().get(0).message()).contains(message);
        });
    }

    @Test
    void aDescriptionIsRead() {
        Target target = load("base");
        assertThat(target.cpuFlags()).containsExactly("-mcpu=x", "-mthumb");
        assertThat(target.linkFlags()).isEmpty();
        assertThat(target.sources()).extracting(path -> path.getParent().getFileName() + "/" + path.getFileName())
                .containsExactly("base/start.c", "common/io.c");
        assertThat(target.flash()).contains(new Memory("0x100", "256K", 256 * 1024));
        assertThat(target.ram().orElseThrow().bytes()).isEqualTo(2 * 1024 * 1024);
        assertThat(target.stackBytes()).isEqualTo(8192);
        assertThat(target.kernels()).extracting(KernelRow::name).containsExactly("dense_fast", "dense");
        assertThat(new Targets(new Installation(home)).names()).containsExactly("base");
    }

    @Test
    void keysAndFilesAreInherited() throws IOException {
        write("board/target.properties", "inherits = base  \ndescription = A board\nram.size = 64K\nkernels =\n");
        write("board/start.c", "");
        write("small/target.properties", "inherits=board\nram.size=\nlinker.script =\n");
        Target board = load("board");
        assertThat(board.description()).isEqualTo("A board");
        assertThat(board.compiler()).isEqualTo("cc");
        assertThat(board.ram()).contains(new Memory("0x2000", "64K", 65536));
        assertThat(board.kernels()).extracting(KernelRow::name).containsExactly("dense");
        assertThat(board.sources().get(0)).hasParent(home.resolve("targets/board"));
        Target small = load("small");
        assertThat(small.ram()).isEmpty();
        assertThat(small.linkerScript()).isEqualTo(Optional.empty());
        assertThat(small.sources().get(0)).hasParent(home.resolve("targets/board"));
    }

    @Test
    void unknownTargetsGetASuggestion() {
        assertThatThrownBy(() -> load("bsae")).isInstanceOfSatisfying(CompilationFailed.class, e -> {
            assertThat(e.diagnostics().get(0).code()).isEqualTo(Code.E701);
            assertThat(e.diagnostics().get(0).toString()).contains("did you mean `base`?");
        });
        refused("../targets/base", Code.E701, "there is no target");
        refused("common", Code.E701, "there is no target");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "ram.size = lots          ! has `lots` under `ram.size`, which is no size such as 256K",
        "ram.size = -1            ! has `-1` under `ram.size`",
        "stack.size = 1G          ! has `1G` under `stack.size`",
        "sources = gone.c         ! names the file `gone.c` under `sources`, which is not there",
        "kernels = gone.kernels   ! names the file `gone.kernels` under `kernels`, which is not there",
        "kernels = bad.kernels    ! has the list of kernels `bad.kernels`: line 2: `when` is none of",
        "inherits = nobody        ! inherits from `nobody`, which does not exist",
        "compiler = \\u00         ! cannot be read as a list of"
    })
    void wrongDescriptionsAreExplained(String line, String message) throws IOException {
        write("bad/bad.kernels", "a: b\n  when\n");
        write("bad/target.properties", (line.startsWith("inherits") ? "" : "inherits = base\n") + line + "\n");
        refused("bad", Code.E702, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"description", "compiler", "flags.cpu", "sources", "linker.script", "ram.size", "emulator"})
    void missingKeysAreNamed(String key) throws IOException {
        write("base/target.properties", BASE.replaceAll("(?m)^" + key + " .*$", ""));
        refused("base", Code.E702, "lacks the key `" + key + "`");
    }

    @Test
    void inheritanceEnds() throws IOException {
        write("loop/target.properties", "inherits = loop2\n");
        write("loop2/target.properties", "inherits = loop\n");
        refused("loop", Code.E702, "inherits from itself");
    }
}
