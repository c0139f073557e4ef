package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import qcc.codegen.FileTree;
import qcc.codegen.Layout;
import qcc.driver.Project;
import qcc.driver.ProjectWriter;
import qcc.target.Installation;
import qcc.tests.errors.CommandLineRun;

/** Libraries for other build systems, by the rules that those have published, and by the compilers that they call. */
class LayoutsTest {
    private static final String[] CROSS = ("arm-none-eabi-gcc -mcpu=cortex-m4 -mthumb -Os -Wall -Wextra -Werror").split(" ");
    private static final String SEMANTIC_VERSION = "(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)";
    private static final Path ZEPHYR = Path.of("src/test/resources/zephyr").toAbsolutePath();
    private static final Path KCONFIG = Path.of("/usr/lib/python3/dist-packages/genconfig.py");

    @TempDir
    private Path temporary;

    private Path write(Layout layout, String target) {
        Project project = Workshop.project(Workshop.digits(), target);
        Path folder = temporary.resolve(layout.toString());
        ProjectWriter.write(project.library(layout, Installation.find()), folder);
        return folder;
    }

    /** What is verified is what is shipped. */
    @ParameterizedTest
    @EnumSource(value = Layout.class, names = "MAKE", mode = EnumSource.Mode.EXCLUDE)
    void theSourcesAreThoseOfTheFirmware(Layout layout) {
        Project project = Workshop.project(Workshop.digits(), "cortex-m4");
        FileTree library = project.library(layout, Installation.find());
        Map<String, String> firmware = new TreeMap<>();
        project.files().files().keySet().stream().filter(name -> name.matches("(model|kernels)/.*|test/qcc_cycles\\..*"))
                .forEach(name -> firmware.put(fileName(name), project.files().text(name)));
        List<String> sources = library.files().keySet().stream().filter(name -> name.matches("(src|model|kernels)/.*"))
                .toList();
        assertThat(sources.stream().map(LayoutsTest::fileName)).containsExactlyInAnyOrderElementsOf(firmware.keySet());
        sources.forEach(name -> assertThat(library.text(name)).as(name).isEqualTo(firmware.get(fileName(name))));
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void theCommandWritesThem() throws IOException {
        CommandLineRun run = CommandLineRun.of(temporary, CommandLineRun.home(), List.of("compile",
                Workshop.DIGITS.resolve("digits.qdsl").toString(), "--layout", "arduino", "--no-build", "-o", "./lib"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("next: put ./lib into the folder `libraries` of the sketchbook");
        assertThat(temporary.resolve("lib/library.properties")).exists();
        assertThat(temporary.resolve("lib/Makefile")).doesNotExist();
    }

    /** Compiles every C file as the build systems do that put one folder on the include path. */
    private static void compile(Path folder, Path sources) throws IOException {
        Workshop.require("arm-none-eabi-gcc");
        try (Stream<Path> all = Files.walk(sources)) {
            for (Path source : all.filter(path -> path.toString().endsWith(".c")).toList()) {
                Workshop.run(folder, Stream.concat(Stream.of(CROSS), Stream.of("-I" + sources, "-c", "-o", "x.o",
                        source.toString())).toArray(String[]::new));
            }
        }
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    /** A JSON file, which is YAML, too; that it is JSON its own parser knows. */
    private static Map<?, ?> json(Path file) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                continue;
            }
        }
        return yaml(file);
    }

    /** The manifest's rules: docs.platformio.org, "library.json". */
    @Test
    void platformIoTakesItsLibrary() throws IOException {
        Path folder = write(Layout.PLATFORMIO, "cortex-m4");
        Map<?, ?> manifest = json(folder.resolve("library.json"));
        assertThat(Set.<Object>of("name", "version", "description", "keywords", "homepage", "repository", "authors",
                "license", "frameworks", "platforms", "headers", "examples", "dependencies", "export", "scripts", "build"))
                .containsAll(manifest.keySet());
        assertThat((String) manifest.get("name")).hasSizeLessThanOrEqualTo(50).matches("[^:;/,@<>]+");
        assertThat((String) manifest.get("version")).matches(SEMANTIC_VERSION);
        assertThat((String) manifest.get("description")).hasSizeLessThanOrEqualTo(255);
        ((List<?>) manifest.get("keywords")).forEach(word -> assertThat((String) word).hasSizeLessThanOrEqualTo(50)
                .matches("[a-z0-9 -]+"));
        Map<?, ?> build = (Map<?, ?>) manifest.get("build");
        assertThat(folder.resolve((String) build.get("includeDir")).resolve((String) manifest.get("headers"))).exists();
        Map<?, ?> example = (Map<?, ?>) ((List<?>) manifest.get("examples")).get(0);
        Path base = folder.resolve((String) example.get("base"));
        assertThat(base.resolve((String) ((List<?>) example.get("files")).get(0))).exists();
        Path sources = folder.resolve((String) build.get("srcDir"));
        compile(folder, sources);
        Workshop.run(folder, Stream.concat(Stream.of(CROSS), Stream.of("-I" + sources, "-c", "-o", "example.o",
                base.resolve("main.c").toString())).toArray(String[]::new));
    }

    /** Arduino's rules: the library specification, and what arduino-lint finds a fault with. */
    @Test
    void arduinoTakesItsLibrary() throws IOException {
        Path folder = write(Layout.ARDUINO, "cortex-m4");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("library.properties"))) {
            properties.load(reader);
        }
        assertThat(properties.stringPropertyNames()).contains("name", "version", "author", "maintainer", "sentence",
                "paragraph", "category", "url", "architectures");
        assertThat(properties.getProperty("name")).hasSizeLessThanOrEqualTo(63).matches("[A-Za-z0-9][A-Za-z0-9 _.-]*")
                .doesNotContainIgnoringCase("arduino");
        assertThat(properties.getProperty("version")).matches(SEMANTIC_VERSION);
        assertThat(properties.getProperty("maintainer")).doesNotStartWithIgnoringCase("arduino").isNotBlank();
        assertThat(properties.getProperty("paragraph")).doesNotContain(properties.getProperty("sentence"));
        assertThat(properties.getProperty("category")).isIn("Communication", "Data Processing", "Data Storage",
                "Device Control", "Display", "Other", "Sensors", "Signal Input/Output", "Timing", "Uncategorized");
        assertThat(properties.getProperty("url")).matches("https?://[a-z.]+/.*");
        assertThat(folder.resolve("src").resolve(properties.getProperty("includes"))).exists();
        assertThat(folder.toFile().list()).doesNotContain("utility", "extras.h", ".development");
        try (Stream<Path> examples = Files.list(folder.resolve("examples"))) {
            examples.forEach(sketch -> assertThat(sketch.resolve(sketch.getFileName() + ".ino")).exists());
        }
        compile(folder, folder.resolve("src"));
        Path core = Files.createDirectories(temporary.resolve("core"));
        Files.writeString(core.resolve("Arduino.h"), """
                struct Printer { void begin(long); template <class T> void print(T); template <class T> void println(T); };
                extern Printer Serial;
                unsigned long micros();
                void delay(unsigned long);
                """);
        Workshop.run(folder, "arm-none-eabi-g++", "-mcpu=cortex-m4", "-mthumb", "-Os", "-std=gnu++11", "-Wall", "-Wextra",
                "-Werror", "-I" + core, "-Isrc", "-include", "Arduino.h", "-x", "c++", "-c", "examples/run/run.ino");
    }

    /** The fields of {@code zephyr/module.yml} that Zephyr's own schema knows. */
    @Test
    void zephyrFindsItsModule() throws IOException {
        Path folder = write(Layout.ZEPHYR, "host");
        Map<?, ?> module = yaml(folder.resolve("zephyr/module.yml"));
        assertThat(Set.<Object>of("name", "build", "tests", "samples", "boards", "runners", "blobs", "security",
                "package-managers")).containsAll(module.keySet());
        Map<?, ?> build = (Map<?, ?>) module.get("build");
        assertThat(folder.resolve((String) build.get("cmake")).resolve("CMakeLists.txt")).exists();
        assertThat(folder.resolve((String) build.get("kconfig"))).exists();
        assertThat(((List<?>) module.get("samples")).stream().map(place -> folder.resolve((String) place)))
                .allMatch(Files::isDirectory);
        Workshop.require("cmake", "make", "gcc");
        Path sample = folder.resolve("samples/run");
        Workshop.run(sample, "cmake", "-B", "build", "-G", "Unix Makefiles", "-DZephyr_DIR=" + ZEPHYR);
        Workshop.run(sample, "cmake", "--build", "build", "--target", "app");
        Workshop.run(sample, "build/app");
    }

    @Test
    void zephyrCountsCyclesWhereThatIsChosen() throws IOException {
        Workshop.require("cmake", "make", "arm-none-eabi-gcc", "arm-none-eabi-nm");
        Path sample = write(Layout.ZEPHYR, "cortex-m4").resolve("samples/run");
        Workshop.run(sample, "cmake", "-B", "build", "-G", "Unix Makefiles", "-DZephyr_DIR=" + ZEPHYR,
                "-DCMAKE_SYSTEM_NAME=Generic", "-DCMAKE_C_COMPILER=arm-none-eabi-gcc",
                "-DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY", "-DCMAKE_C_FLAGS=-mcpu=cortex-m4 -mthumb -Wall -Werror",
                "-DMORE_SETTINGS=CONFIG_QCC_DIGITS_CYCLES=y");
        Workshop.run(sample, "cmake", "--build", "build");
        assertThat(Workshop.run(sample, "arm-none-eabi-nm", "build/modules/libqcc_digits.a"))
                .containsPattern("[BC] qcc_cycles_of_layer").containsPattern("U qcc_cycles_of_layer");
    }

    /** By the parser that Zephyr itself uses, in Debian's package. */
    @Test
    void kconfigParses() throws IOException {
        Workshop.require("python3");
        assumeTrue(Files.exists(KCONFIG), "python3-kconfiglib is not installed");
        Path folder = write(Layout.ZEPHYR, "cortex-m4");
        Files.writeString(folder.resolve("all"), "config CPU_CORTEX_M\n\tbool\n\tdefault y\n\nsource \"Kconfig\"\n");
        Files.writeString(folder.resolve("settings"), "CONFIG_QCC_DIGITS=y\nCONFIG_QCC_DIGITS_CYCLES=y\n");
        String said = Workshop.run(Workshop.command(folder, "python3", KCONFIG.toString(), "--config-out", "result",
                "--header-path", "result.h", "all").with("KCONFIG_CONFIG", "settings"));
        assertThat(said).doesNotContain("warning");
        assertThat(Files.readString(folder.resolve("result"))).contains("CONFIG_QCC_DIGITS=y",
                "CONFIG_QCC_DIGITS_CYCLES=y");
    }
}
