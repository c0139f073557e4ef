package qcc.tests.gap8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.tests.InstalledTools;
import qcc.tests.errors.QccProcess;

/** What the simulator counts are cycles, and every report calls them so. */
class CycleReportsTest {
    private static final String DIGITS = Path.of(System.getProperty("qcc.home"), "tests/models/digits/digits.qdsl")
            .toAbsolutePath().toString();

    @TempDir
    private Path temporary;

    @Test
    void reportsNameTheUnit() throws IOException {
        InstalledTools.require("riscv64-unknown-elf-gcc", "make");
        Path folder = Files.createDirectories(temporary.resolve("work"));
        QccProcess verified = QccProcess.run(folder, Map.of(), "verify", DIGITS, "--target", "gap8", "--samples", "2",
                "--json", "--html", "verified.html");
        assertThat(verified.output()).contains("\"cycles\" : ").doesNotContain("\"instructions\"");
        assertThat(Files.readString(folder.resolve("verified.html"))).contains("Cycles in one run")
                .doesNotContain("Instructions");

        QccProcess profiled = QccProcess.run(folder, Map.of(), "profile", DIGITS, "--target", "gap8", "--json");
        assertThat(profiled.output()).contains("\"cycles\" : ").doesNotContain("\"instructions\"");
        Files.writeString(folder.resolve("before.json"), profiled.output().replaceFirst("\"cycles\" : \\d+",
                "\"cycles\" : 1000000"));
        QccProcess compared = QccProcess.run(folder, Map.of(), "profile", DIGITS, "--target", "gap8", "--compare",
                "before.json", "--html", "profiled.html");
        assertThat(compared.output()).containsPattern("digits for gap8: [\\d,]+ cycles  \\(-9\\d\\d,\\d+, -9\\d\\.\\d %\\)");
        assertThat(Files.readString(folder.resolve("profiled.html"))).contains(" cycles (").doesNotContain("Instructions");
    }
}
