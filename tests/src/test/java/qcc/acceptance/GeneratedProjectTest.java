package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.emulator.ProcessRunner;
import qcc.target.Installation;
import qcc.target.Targets;

/** The project that is written: the same everywhere, clean in every compiler, complete without Java. */
class GeneratedProjectTest {
    /** Beside those of the Makefile, which already treats warnings as errors. */
    private static final String MORE_WARNINGS = "-Wshadow -Wsign-conversion -Wstrict-prototypes -Wundef -Wcast-align "
            + "-Wmissing-prototypes -pedantic";

    @TempDir
    private Path folder;

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    /** Runs the compiler in a Java of its own. */
    private Map<String, String> compiled(Path directory, String model, String... javaOptions) throws IOException {
        Files.createDirectories(directory);
        Path output = directory.resolve("out");
        Workshop.run(Workshop.command(directory, Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dqcc.home=" + Installation.find().home(), "-cp", System.getProperty("java.class.path")),
                Stream.of(javaOptions),
                Stream.of("qcc.cli.Qcc", "compile", model, "--target", "cortex-m4", "-o", output.toString()))
                .flatMap(s -> s).toArray(String[]::new)));
        return contents(output);
    }

    @Test
    void twoCompilationsAreByteIdentical() throws IOException {
        Path model = Workshop.DIGITS.resolve("digits.qdsl").toAbsolutePath();
        Map<String, String> first = compiled(folder.resolve("one"), model.toString());
        Path elsewhere = Files.createDirectories(folder.resolve("two/deeper")).toRealPath();
        Map<String, String> second = compiled(elsewhere, elsewhere.relativize(model.toRealPath()).toString(),
                "-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Kiritimati",
                "-Dfile.encoding=ISO-8859-1", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1");
        assertThat(first).hasSizeGreaterThan(20);
        assertThat(second.keySet()).isEqualTo(first.keySet());
        first.forEach((name, text) -> assertThat(second.get(name)).as(name).isEqualTo(text));
        assertThat(first.values()).noneMatch(text -> text.contains(Installation.find().home().toString()))
                .noneMatch(text -> text.contains("\r"));
    }

    @ParameterizedTest
    @CsvSource({"host, gcc", "host, clang", "cortex-m4, arm-none-eabi-gcc"})
    void noCompilerWarns(String target, String compiler) {
        Workshop.require(compiler, "make");
        Path written = Workshop.write(Workshop.project(Workshop.digits(), target), folder);
        String log = Workshop.run(written, "make", "CC=" + compiler, "EXTRA_CFLAGS=" + MORE_WARNINGS, "all",
                "build/model/digits.o");
        assertThat(log).contains(compiler + " ").doesNotContainIgnoringCase("warning:");
        assertThat(written.resolve("build/digits.elf")).exists();
        for (String harness : new String[] {"build/selftest.elf", "build/verify.elf"}) {
            assertThat(Workshop.run(written, "make", "CC=" + compiler, harness))
                    .doesNotContainIgnoringCase("warning:");
        }
    }

    /** On boards, with their toolchain file. */
    @ParameterizedTest
    @CsvSource({"host, gcc", "cortex-m4, arm-none-eabi-gcc", "stm32f746g-disco, arm-none-eabi-gcc",
        "nucleo-l552ze-q, arm-none-eabi-gcc", "stm32f072b-disco, arm-none-eabi-gcc"})
    void cmakeBuildsItWithoutJava(String target, String compiler) throws IOException {
        Workshop.require("cmake", "make", compiler);
        Path written = Workshop.write(Workshop.project(Workshop.digits(), target), folder);
        String[] configure = {"cmake", "-B", "build/cmake", "-G", "Unix Makefiles"};
        String configured = target.equals("host") ? withoutJava(written, configure)
                : withoutJava(written, Stream.concat(Stream.of(configure),
                        Stream.of("-DCMAKE_TOOLCHAIN_FILE=toolchain.cmake")).toArray(String[]::new));
        assertThat(configured + withoutJava(written, "cmake", "--build", "build/cmake"))
                .doesNotContainIgnoringCase("warning");
        assertThat(written.resolve("build/cmake/digits.elf")).exists();
    }

    @ParameterizedTest
    @CsvSource({"host, gcc, gcc", "stm32f4-discovery, arm-none-eabi-gcc, qemu-system-arm",
        "nrf52840dk, arm-none-eabi-gcc, renode"})
    void theSelfTestNeedsNoJava(String target, String compiler, String emulator) throws IOException {
        Workshop.require(compiler, "make", emulator);
        Path written = Workshop.write(Workshop.project(Workshop.digits(), target), folder);
        assertThat(withoutJava(written, "make", "test")).contains("PASSED");
    }

    /** A Java, Maven or qcc that is called fails and leaves a trace. */
    private String withoutJava(Path project, String... words) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String name : new String[] {"java", "javac", "mvn", "qcc"}) {
            Path script = Files.writeString(tools.resolve(name), "#!/bin/sh\ntouch \"$0.called\"\nexit 1\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        String log = Workshop.run(Workshop.command(project, words)
                .with("PATH", tools + File.pathSeparator + System.getenv("PATH")).without("JAVA_HOME"));
        try (Stream<Path> called = Files.list(tools)) {
            assertThat(called.filter(path -> path.toString().endsWith(".called")).toList()).isEmpty();
        }
        return log;
    }

    /** OpenOCD reads the files that it is to find a board by; it is ended before it looks for one. */
    @Test
    void openOcdKnowsEveryBoard() throws IOException {
        Workshop.require("openocd");
        Targets targets = new Targets(Installation.find());
        List<String> options = targets.names().stream().flatMap(name -> targets.load(name).openocd().stream()).toList();
        assertThat(options).hasSizeGreaterThan(5);
        for (String board : options) {
            Workshop.run(folder, "sh", "-c", "openocd " + board + " -c noinit -c shutdown");
        }
        assertThat(ProcessRunner.run(Workshop.command(folder, "openocd", "-f", "board/none.cfg", "-c", "shutdown"))
                .success()).isFalse();
    }

    /** A self-test that could not fail would prove nothing. */
    @Test
    void theSelfTestFindsAWrongWeight() throws IOException {
        Workshop.require("gcc", "make");
        Path written = Workshop.write(Workshop.project(Workshop.digits(), "host"), folder);
        Path constants = written.resolve("model/digits_constants.h");
        String text = Files.readString(constants);
        String changed = text.replaceFirst("(pw_bias\\[\\d+\\][^{]*\\{\\s+)(-?\\d+),", "$1 12345678,");
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(constants, changed);
        assertThat(ProcessRunner.run(Workshop.command(written, "make", "test")))
                .satisfies(result -> assertThat(result.success()).isFalse())
                .satisfies(result -> assertThat(result.stdout()).contains("pw"));
    }

    @Test
    void thereIsNoFloatOutsideTheHelpers() throws IOException {
        Pattern real = Pattern.compile("\\b(float|double)\\b|\\b\\d+\\.\\d*f?\\b|<math\\.h>");
        Path written = Workshop.write(Workshop.project(Workshop.digits(), "cortex-m4"), folder);
        for (Map.Entry<String, String> file : contents(written).entrySet()) {
            if (file.getKey().matches("(model|kernels)/.*\\.[ch]")) {
                String code = file.getValue().replaceAll("(?s)/\\*.*?\\*/|//[^\n]*|\"[^\"\n]*\"", "")
                        .replaceAll("(?m)^#define \\w+_SCALE .*$", "")
                        .replaceAll("(?s)#ifndef QCC_NO_FLOAT.*?#endif", "");
                assertThat(real.matcher(code).results().map(match -> match.group()).toList()).as(file.getKey())
                        .isEmpty();
            }
        }
        assertThat(Files.readString(written.resolve("model/digits.h"))).contains("#ifndef QCC_NO_FLOAT", "float");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O1", "-Os", "-O2", "-O3"})
    void theModelCallsNothing(String optimisation) {
        Workshop.require("arm-none-eabi-gcc", "arm-none-eabi-nm", "make");
        Path written = Workshop.write(Workshop.project(Workshop.digits(), "cortex-m4"), folder);
        Workshop.run(written, "make", "OPT=" + optimisation, "EXTRA_CFLAGS=-DQCC_NO_FLOAT", "build/model/digits.o");
        assertThat(Workshop.run(written, "arm-none-eabi-nm", "-u", "build/model/digits.o")).isBlank();
    }
}
