package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackUsageTest {
    private static final String COMPILER = "arm-none-eabi-gcc";

    @TempDir
    Path directory;

    /** Frame sizes are gcc's business, so they are compared with the other file that gcc reports them in. */
    @Test
    void addsFramesAlongTheWorstPathThroughRealFiles() throws IOException {
        Files.writeString(directory.resolve("shared.h"), """
                int deep(int);
                static __attribute__((noipa)) int scratch(int x, int size)
                {
                    volatile int buffer[SIZE];
                    buffer[x & 3] = size;
                    return buffer[0];
                }
                """);
        Path first = compile("first", """
                #define SIZE 8
                #include "shared.h"
                int top(int x) { return scratch(x, 1) + deep(x) + 1; }
                """);
        Path second = compile("second", """
                #define SIZE 100
                #include "shared.h"
                int deep(int x) { return scratch(x, 2) * x; }
                """);
        StackUsage usage = StackUsage.read(List.of(first, second), Map.of());

        long expected = frame("first", "top") + frame("second", "deep") + frame("second", "scratch");
        assertThat(frame("second", "scratch")).isGreaterThanOrEqualTo(400);
        assertThat(usage.of("top"))
                .isEqualTo(new StackBound.Bounded(expected, List.of("top", "deep", "scratch")));
        assertThat(usage.of("first.c:scratch"))
                .isEqualTo(new StackBound.Bounded(frame("first", "scratch"), List.of("scratch")));
        assertThat(usage.of("scratch")).isEqualTo(new StackBound.Unknown(
                "`scratch` may be any of first.c:scratch, second.c:scratch", List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "recursive  | `down` calls itself, directly or through others            | recursive, down, down",
        "dynamic    | `variable` has a frame whose size is not known before it runs | dynamic, variable",
        "external   | `elsewhere` is not among the compiled sources              | external, elsewhere",
        "pointer    | a function is called through a pointer                     | pointer",
        "division   | `__aeabi_ldivmod` is not among the compiled sources        | division, __aeabi_ldivmod",
        "absent     | `absent` is not among the compiled sources                 | absent"})
    void saysWhyThereIsNoBound(String function, String reason, String calls) throws IOException {
        StackUsage usage = StackUsage.read(List.of(unbounded()), Map.of());

        assertThat(usage.of(function)).isEqualTo(new StackBound.Unknown(reason, List.of(calls.split(", "))));
    }

    @Test
    void countsLibraryFunctionsThatAreGiven() throws IOException {
        StackUsage usage = StackUsage.read(List.of(unbounded()), Map.of("__aeabi_ldivmod", 64L));

        assertThat(usage.of("division")).isEqualTo(
                new StackBound.Bounded(frame("unbounded", "division") + 64, List.of("division", "__aeabi_ldivmod")));
    }

    @Test
    void acceptsBoundedDynamicFramesTiesAndClones() throws IOException {
        Path file = Files.writeString(directory.resolve("x.ci"), """
                graph: { title: "x.c"
                node: { title: "main" label: "main\\nx.c:1:5\\n16 bytes (dynamic,bounded)" }
                node: { title: "x.c:a" label: "a\\nx.c:2:5\\n8 bytes (static)" }
                node: { title: "x.c:b.isra.0" label: "b.isra\\nx.c:3:5\\n8 bytes (static)" }
                edge: { sourcename: "main" targetname: "x.c:b.isra.0" label: "x.c:1:9" }
                edge: { sourcename: "main" targetname: "x.c:a" }
                }
                """);

        StackUsage usage = StackUsage.read(List.of(file), Map.of());
        assertThat(usage.of("main")).isEqualTo(new StackBound.Bounded(24, List.of("main", "a")));
        assertThat(usage.of("b")).isEqualTo(new StackBound.Bounded(8, List.of("b")));
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path text = Files.writeString(directory.resolve("x.ci"), "graph: { title: \"x.c\"\nhello\n}\n");
        Path frameless = Files.writeString(directory.resolve("y.ci"), "node: { title: \"f\" label: \"f\" }\n");

        assertThatThrownBy(() -> StackUsage.read(List.of(text), Map.of())).isInstanceOf(MalformedFile.class)
                .hasMessageContaining("x.ci: line 2");
        assertThatThrownBy(() -> StackUsage.read(List.of(frameless), Map.of())).isInstanceOf(MalformedFile.class);
        assertThatThrownBy(() -> StackUsage.read(List.of(directory.resolve("none.ci")), Map.of()))
                .isInstanceOf(IOException.class);
    }

    /** The firmware's own start-up, I/O and library code is part of every bound, so it must have one. */
    @Test
    void boundsTheWholeOfAFirmware() throws IOException {
        Firmware firmware = new Firmware("cortex-m4", directory);
        firmware.build("int main(void) { return 0; }", "-O2", "-fcallgraph-info=su");
        List<Path> files = new ArrayList<>();
        try (var all = Files.newDirectoryStream(directory, "*.ci")) {
            all.forEach(files::add);
        }
        StackUsage usage = StackUsage.read(files, Map.of());

        assertThat(files).hasSize(5);
        assertThat(usage.of("Reset_Handler")).isInstanceOfSatisfying(StackBound.Bounded.class,
                bound -> assertThat(bound.bytes()).isBetween(8L, 256L));
        assertThat(usage.of("memcpy")).isInstanceOf(StackBound.Bounded.class);
    }

    private Path unbounded() throws IOException {
        return compile("unbounded", """
                int elsewhere(int);
                __attribute__((noipa)) static int down(int n) { return n ? down(n - 1) * n : 1; }
                int recursive(int n) { return down(n) + 1; }
                __attribute__((noipa)) static int variable(int n)
                {
                    volatile char bytes[n];
                    bytes[0] = 1;
                    return bytes[0];
                }
                int dynamic(int n) { return variable(n) + 1; }
                int external(int n) { return elsewhere(n) + 1; }
                int (*function)(int);
                int pointer(int n) { return function(n) + 1; }
                long long division(long long a, long long b) { return a / b + 1; }
                """);
    }

    /** Compiles a file and returns its call graph. */
    private Path compile(String name, String source) throws IOException {
        Firmware.assumeInstalled(COMPILER);
        Files.writeString(directory.resolve(name + ".c"), source);
        ProcessResult result = ProcessRunner.run(Command.of(Duration.ofSeconds(30), COMPILER, "-mcpu=cortex-m4",
                "-mthumb", "-O2", "-fno-optimize-sibling-calls", "-fcallgraph-info=su", "-fstack-usage", "-c", name + ".c")
                .in(directory));
        assertThat(result.stderr()).isEmpty();
        return directory.resolve(name + ".ci");
    }

    /** The frame of a function from the .su file: {@code file:line:column:function, bytes, qualifier}, by tabs. */
    private long frame(String file, String function) throws IOException {
        return Files.readAllLines(directory.resolve(file + ".su")).stream().map(line -> line.split("\t"))
                .filter(fields -> fields[0].matches(".*:" + function + "(\\..*)?"))
                .mapToLong(fields -> Long.parseLong(fields[1])).findFirst().orElseThrow();
    }
}
