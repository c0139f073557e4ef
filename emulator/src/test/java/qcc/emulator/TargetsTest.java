package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every target must do alike: text, files and exit codes, at every optimisation level. */
class TargetsTest {
    /** Exits with 0 only when all of qcc_io keeps its promises. */
    static final String READS_AND_WRITES = """
            #include "qcc_io.h"

            static const char text[] = "0123456789";

            int main(void)
            {
                char data[16] = {0};
                if (qcc_io_open("missing", 0) != -1) {
                    return 1;
                }
                const int out = qcc_io_open("out.bin", 1);
                if (out < 0 || qcc_io_write(out, text, 10) != 10 || qcc_io_write(out, text, 0) != 0) {
                    return 2;
                }
                qcc_io_close(out);
                const int in = qcc_io_open("out.bin", 0);
                if (in < 0 || qcc_io_read(in, data, 4) != 4 || data[3] != '3' || data[4] != 0) {
                    return 3;
                }
                if (qcc_io_read(in, data, 16) != 6 || data[5] != '9' || qcc_io_read(in, data, 16) != 0) {
                    return 4;
                }
                if (qcc_io_write(in, data, 1) != 0) {
                    return 5;
                }
                qcc_io_close(in);
                if (qcc_io_read(1000, data, 1) != 0 || qcc_io_write(1000, data, 1) != 0) {
                    return 6;
                }
                qcc_io_print("one line\\n");
                qcc_io_print("");
                qcc_io_print("no break");
                return 0;
            }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"cortex-m4, -O0", "cortex-m4, -O1", "cortex-m4, -O2", "cortex-m4, -O3", "cortex-m4, -Os",
                "host, -O0", "host, -O2"})
    void printsReadsAndWrites(String target, String level) throws IOException {
        RunResult result = new Firmware(target, directory).buildAndRun(READS_AND_WRITES, level);

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output()).isEqualTo("one line\nno break");
        assertThat(result.diagnostics()).isEmpty();
        assertThat(directory.resolve("out.bin")).hasContent("0123456789");
        assertThat(Files.size(directory.resolve("out.bin"))).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cortex-m4", "host"})
    void passesExitCodesOn(String target) throws IOException {
        Firmware firmware = new Firmware(target, directory);

        assertThat(firmware.buildAndRun("int main(void) { return 3; }").exitCode()).isEqualTo(3);
        assertThat(firmware.buildAndRun("""
                #include "qcc_io.h"
                int main(void) { qcc_io_exit(255); }
                """).exitCode()).isEqualTo(255);
    }
}
