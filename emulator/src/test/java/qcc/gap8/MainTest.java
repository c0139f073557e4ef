package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: reports, exit codes, and files that are none. */
class MainTest {
    private static final String SQUARES = """
            #include "qcc_io.h"
            static volatile uint32_t sum;
            __attribute__((noinline, noclone)) static void add_squares(uint32_t count)
            {
                for (uint32_t i = 0; i < count; i++) {
                    sum += i * i;
                }
            }
            int main(void)
            {
                add_squares(10);
                qcc_io_print("a \\"text\\"\\n");
                return (int)sum;
            }
            """;

    @TempDir
    Path directory;

    @Test
    void reportsWhatEveryCoreAndSymbolTook() throws IOException {
        Programs.Run run = Programs.run("--profile", "--cores", "2", Programs.build(directory, SQUARES).toString());

        assertThat(run.exitCode()).isEqualTo(285 & 0xFF);
        assertThat(run.output()).isEqualTo("a \"text\"\n");
        assertThat(run.report()).contains("exit code 29 after ").containsPattern("core 1 +\\d+ +\\d+ +\\d+ +\\d+\n")
                .containsPattern("fabric controller +\\d+ ").containsPattern(" +\\d+ +\\d+  add_squares\n")
                .contains("Not modelled: instruction caches").doesNotContain("core 2");
    }

    @Test
    void writesTheReportAsJson() throws IOException {
        Path elf = Programs.build(directory, SQUARES);
        Path json = directory.resolve("report.json");

        assertThat(Programs.run("--quiet", "--profile", "--json", json.toString(), elf.toString()).report()).isEmpty();

        assertThat(Files.readString(json)).startsWith("{\n  \"exitCode\": 29,\n  \"problem\": null,\n  \"cycles\": ")
                .containsPattern("\"name\": \"core 7\", \"instructions\": \\d+, \"activeCycles\": \\d+")
                .containsPattern("\\{\"symbol\": \"add_squares\", \"instructions\": \\d+, \"cycles\": \\d+}")
                .endsWith("]\n}\n");
        assertThat(Programs.run("--quiet", "--json", "-", elf.toString()).output()).startsWith("a \"text\"\n{\n");
    }

    @Test
    void tracesEveryInstruction() throws IOException {
        Programs.Run run = Programs.run("--trace", "--cores", "1", Programs.build(directory, SQUARES).toString());

        assertThat(run.report()).containsPattern("core 0 +1c000000 _start +csrrs x10 x0 3860  x10 = 0x00000000\n")
                .containsPattern("fabric +1c[0-9a-f]{6} add_squares\\+0x[0-9a-f]+ +mul x\\d+ x\\d+ x\\d+  x\\d+ = 0x00000051\n");
    }

    @Test
    void saysWhereAFaultIs() throws IOException {
        Programs.Run run = Programs.run("--profile", Programs.build(directory, """
                __attribute__((noinline, noclone)) static void write(volatile int *to)
                {
                    *to = 1;
                }
                int main(void)
                {
                    write((volatile int *)0x20000000);
                    return 0;
                }
                """).toString());

        assertThat(run.exitCode()).isEqualTo(121);
        assertThat(run.report()).matches("(?s)fault: store to 0x20000000, 4 bytes: neither L1 nor L2 nor a device\n"
                + "at fabric controller, 0x1c[0-9a-f]{6}, write\\+0x[0-9a-f]+, cycle \\d+\nexit code 121 .*");
    }

    @Test
    void endsAtTheLimitAndInADeadlock() throws IOException {
        Path endless = Programs.build(directory, "int main(void) { for (;;) { } }");
        assertThat(Programs.run("--max-cycles", "1000", endless.toString())).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(123);
            assertThat(run.report()).startsWith("cycle limit: the firmware has not ended in 1000 cycles\nexit code 123");
        });
        Path waiting = Programs.build(directory, """
                #include "gap8.h"
                int main(void)
                {
                    return (int)GAP8_EVENT_WAIT;
                }
                """);
        assertThat(Programs.run("--cores", "1", waiting.toString())).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(122);
            assertThat(run.report()).startsWith("deadlock: every core waits; core 0 at ");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                  | which firmware?",
        "a.elf b.elf         | more than one firmware: a.elf and b.elf",
        "--cores 9 a.elf     | --cores takes a number from 1 to 8, not 9",
        "--cores x a.elf     | --cores takes a number from 1 to 8, not x",
        "a.elf --max-cycles  | --max-cycles needs a value",
        "--fast a.elf        | unknown option --fast",
        "--trace --profile a | exclude each other"})
    void explainsAWrongCommandLine(String line, String problem) {
        Programs.Run run = Programs.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.report()).startsWith("gap8: ").contains(problem).endsWith("; see --help\n");
    }

    @Test
    void refusesFilesThatAreNoFirmware() throws IOException {
        Path text = Files.writeString(directory.resolve("text.elf"), "int main(void);");

        assertThat(Programs.run("none.elf")).isEqualTo(
                new Programs.Run(120, "", "gap8: none.elf: there is no such file\n"));
        assertThat(Programs.run(text.toString()).report()).contains("text.elf: not an ELF file");
        assertThat(Programs.run(directory.toString()).exitCode()).isEqualTo(120);
        assertThat(Programs.run("--help").output()).isEqualTo(Options.USAGE);
    }

    @Test
    void survivesDamagedFiles() throws IOException {
        byte[] whole = Files.readAllBytes(Programs.build(directory, SQUARES));
        Random random = new Random(1);
        Path file = directory.resolve("damaged.elf");
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            for (int n = 0; n < 4; n++) {
                // The headers, or anywhere.
                damaged[random.nextInt(random.nextBoolean() ? 200 : whole.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            int[] code = new int[1];
            assertThatCode(() -> code[0] = Programs.run("--max-cycles", "20000", file.toString()).exitCode())
                    .as("damage %d", i).doesNotThrowAnyException();
            refused += code[0] == 120 ? 1 : 0;
        }
        assertThat(refused).isBetween(50, 299);
    }
}
