package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.driver.Compilation;
import qcc.driver.Footprint;
import qcc.driver.Inputs;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.emulator.Elf;
import qcc.ir.Stage;
import qcc.program.ConstantArray;

/** The firmware of the digits network on an emulated Cortex-M4: the reference's bits, and the memory it said. */
class DigitsFirmwareTest {
    private static final String TARGET = "cortex-m4";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long SEED = 42;

    @TempDir
    private Path folder;

    private static void isBitExact(Compilation compilation, int inputs, String flags) {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        Project project = Workshop.project(compilation, TARGET);
        VerificationReport report = new Verification(project, LIMIT, flags).run(
                Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(), inputs, SEED));
        assertThat(report.mismatch()).isEmpty();
        assertThat(report.bitExact()).isTrue();
        assertThat(report.samples()).isEqualTo(inputs);
        assertThat(report.differing()).hasSize(project.program().steps().size()).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"240, ''", "24, -O0", "24, -Os", "24, -O3"})
    void powersOfTwoAreBitExact(int inputs, String flags) {
        isBitExact(Workshop.digits(), inputs, flags);
    }

    @Test
    void dyadicScalesAreBitExact() {
        isBitExact(Workshop.dyadicDigits(folder), 240, "");
    }

    private static long sizeOf(Elf elf, String symbol) {
        return elf.symbol(symbol).orElseThrow(() -> new AssertionError("no symbol " + symbol)).size();
    }

    @Test
    void theFootprintIsThatOfTheElfAndOfTheLinkerMap() throws IOException {
        Workshop.require("arm-none-eabi-gcc", "make");
        Project project = Workshop.project(Workshop.digits(), TARGET);
        Path written = Workshop.write(project, folder);
        Workshop.run(written, "make", "all");
        Elf elf = Elf.read(written.resolve("build/digits.elf"));
        assertThat(sizeOf(elf, "arena")).isEqualTo(project.program().arenaBytes());
        assertThat(project.program().constants()).hasSizeGreaterThan(10);
        for (ConstantArray array : project.program().constants()) {
            assertThat(sizeOf(elf, array.symbol())).as(array.symbol()).isEqualTo(array.content().bytes());
        }
        Footprint footprint = Footprint.measure(project).orElseThrow();
        Map<String, Long> map = sections(Files.readString(written.resolve("build/digits.elf.map")));
        assertThat(footprint.flashBytes()).isEqualTo(elf.flashSize())
                .isEqualTo(total(elf, map, Elf.Section::isLoaded))
                .isGreaterThan(project.program().constantBytes());
        assertThat(footprint.ramBytes()).isEqualTo(elf.ramSize())
                .isEqualTo(total(elf, map, section -> section.isAllocated() && section.isWritable()))
                .isGreaterThanOrEqualTo(project.program().arenaBytes());
    }

    private static long total(Elf elf, Map<String, Long> map, Predicate<Elf.Section> wanted) {
        return elf.sections().stream().filter(wanted).mapToLong(section -> map.get(section.name())).sum();
    }

    /** The output sections of a linker map: they stand at the beginning of a line, with address and size. */
    private static Map<String, Long> sections(String map) {
        Map<String, Long> sizes = new TreeMap<>();
        Matcher matcher = Pattern.compile("(?m)^(\\.\\S+)\\s+0x[0-9a-f]+\\s+0x([0-9a-f]+)")
                .matcher(map.substring(map.indexOf("Linker script and memory map")));
        while (matcher.find()) {
            sizes.put(matcher.group(1), Long.parseLong(matcher.group(2), 16));
        }
        return sizes;
    }

    /** The bound comes from the compiler's call graph, the measurement from a painted stack. */
    @Test
    void theStackBoundHoldsAndIsTight() {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        Project project = Workshop.project(Workshop.digits(), TARGET);
        Path written = Workshop.write(project, folder);
        Matcher printed = Pattern.compile("stack (\\d+)").matcher(Workshop.run(written, "make", "footprint"));
        assertThat(printed.find()).isTrue();
        long measured = Long.parseLong(printed.group(1));
        long bound = Footprint.measure(project).orElseThrow().stackBytes().orElseThrow();
        assertThat(measured).isGreaterThan(0).isLessThanOrEqualTo(bound);
        assertThat(bound - measured).isLessThanOrEqualTo(16);
    }
}
