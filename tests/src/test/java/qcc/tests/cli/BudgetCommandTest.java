package qcc.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import qcc.tests.InstalledTools;
import qcc.tests.errors.CommandLineRun;

/** A budget that is written, kept and broken, on firmware that is really built and counted. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BudgetCommandTest {
    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        InstalledTools.requireArm();
        folder = Files.createDirectories(temporary.resolve("work"));
        SmallModel.write(folder);
        assertThat(qcc(CommandLineRun.home(), "budget", "update", "./m.qdsl", "--file", "./budget.yaml").exitCode())
                .isZero();
    }

    private CommandLineRun qcc(Path home, String... words) {
        return CommandLineRun.of(folder, home, List.of(words));
    }

    private CommandLineRun verify(Path home, String... more) {
        List<String> words = new ArrayList<>(List.of("verify", "./m.qdsl", "--samples", "4", "--budget",
                "./budget.yaml"));
        words.addAll(List.of(more));
        return CommandLineRun.of(folder, home, words);
    }

    @Test
    void theFirmwareThatWasMeasuredKeepsItsBudget() throws IOException {
        String before = Files.readString(folder.resolve("budget.yaml"));
        CommandLineRun run = verify(CommandLineRun.home());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("(?m)^budget ./budget.yaml .*\nflash .*\nram .*\nstack .*\ninstructions ")
                .doesNotContain("EXCEEDED");
        assertThat(qcc(CommandLineRun.home(), "budget", "update", "./m.qdsl", "--file", "./budget.yaml").exitCode())
                .isZero();
        assertThat(Files.readString(folder.resolve("budget.yaml"))).isEqualTo(before);
    }

    /** One instruction of four bytes more in a kernel: both budgets break, and say where. */
    @Test
    void anInstructionMoreFailsAndIsFound() throws IOException {
        Path home = homeWith("qcc_lookup.h", "const int8_t *middle", "__asm__ volatile(\"nop.w\"); const int8_t *middle");
        CommandLineRun run = verify(home, "--html", "./report.html", "--junit", "./report.xml");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).contains("bit-exact")
                .containsPattern("(?m)^instructions .* \\+1  EXCEEDED\n  act .* \\+1$")
                .containsPattern("(?m)^flash .* \\+4  EXCEEDED\n  m_run .* \\+4$");
        assertThat(run.err()).startsWith("error[E707]: ").contains(" bytes of flash instead of ", ": 4 more")
                .contains("qcc budget update");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("bit-exact, but exceeds its budget",
                "· m_run", "· act");
        assertThat(Files.readString(folder.resolve("report.xml"))).contains(
                "<testcase classname=\"m budget\" name=\"instructions\"><failure message=");
    }

    /** One byte less allowed than it takes. */
    @Test
    void everyLimitIsExact() throws IOException {
        Path file = folder.resolve("budget.yaml");
        String text = Files.readString(file);
        for (String metric : List.of("flash", "ram", "stack", "instructions")) {
            int at = text.indexOf("    " + metric + ":\n      total: ");
            int from = text.indexOf("total: ", at) + "total: ".length();
            int to = text.indexOf('\n', from);
            long total = Long.parseLong(text.substring(from, to));
            Files.writeString(file, text.substring(0, from) + (total - 1) + text.substring(to));
            CommandLineRun run = verify(CommandLineRun.home());
            assertThat(run.exitCode()).as(metric).isEqualTo(5);
            assertThat(run.out().lines().filter(line -> line.contains("EXCEEDED")).toList()).singleElement().asString()
                    .startsWith(metric + " ").contains(" +1  EXCEEDED");
        }
    }

    /** A larger layer shows in its weights, its code and its instructions. */
    @Test
    void aLargerLayerIsNamed() throws IOException {
        Files.writeString(folder.resolve("m.qdsl"), SmallModel.TEXT.replace("dense(3)", "dense(8)"));
        CommandLineRun run = verify(CommandLineRun.home());
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).containsPattern("(?m)^  fc_weights .* \\+").containsPattern("(?m)^  fc .* \\+")
                .containsPattern("(?m)^ram .* EXCEEDED\n  arena ");
    }

    /** The installation with a change in one kernel. */
    private Path homeWith(String kernel, String old, String changed) throws IOException {
        Path home = Files.createDirectories(temporary.resolve("home/runtime-c")).getParent();
        for (String part : List.of("templates", "targets")) {
            Files.createSymbolicLink(home.resolve(part), CommandLineRun.home().resolve(part));
        }
        try (Stream<Path> files = Files.list(CommandLineRun.home().resolve("runtime-c"))) {
            for (Path file : files.toList()) {
                Path copy = home.resolve("runtime-c").resolve(file.getFileName());
                if (file.endsWith(kernel)) {
                    String text = Files.readString(file);
                    assertThat(text).contains(old);
                    Files.writeString(copy, text.replace(old, changed));
                } else {
                    Files.createSymbolicLink(copy, file);
                }
            }
        }
        return home;
    }
}
