package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Start-up code and linker script of {@code targets/cortex-m4}, run in QEMU. */
@Timeout(120)
class CortexM4Test {
    @TempDir
    Path directory;
    private Firmware firmware;

    @BeforeEach
    void target() throws IOException {
        firmware = new Firmware("cortex-m4", directory);
    }

    @Test
    void describesQemuAndItsMachine() {
        assertThat(firmware.emulator().describe()).contains("QEMU").endsWith("machine mps2-an386");
    }

    @Test
    void startsWithVariablesInitialised() throws IOException {
        RunResult result = firmware.buildAndRun("""
                static int initialised[3] = {1, 20, 300};
                static signed char odd = -7;
                static int cleared[1000];
                int main(void)
                {
                    int sum = 0;
                    for (int i = 0; i < 1000; i++) {
                        sum |= ((volatile int *)cleared)[i];
                    }
                    volatile int *v = initialised;
                    return sum == 0 && v[0] + v[1] + v[2] == 321 && *(volatile signed char *)&odd == -7 ? 0 : 1;
                }
                """);

        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "UsageFault | 106 | __asm__ volatile (\"udf #0\");",
        "UsageFault | 106 | volatile int zero = 0; volatile int seven = 7; seven /= zero;",
        "BusFault   | 105 | *(volatile int *)0x60000000 = 1;",
        "MemManage  | 104 | ((void (*)(void))0xE0000001)();",
        "HardFault  | 103 | __asm__ volatile (\"cpsid i\"); __asm__ volatile (\"udf #0\");",
        "unexpected exception | 111 | __asm__ volatile (\"svc 0\");"})
    void namesFaults(String name, int exitCode, String statement) throws IOException {
        RunResult result = firmware.buildAndRun("int main(void) { " + statement + " return 0; }");

        assertThat(result.output()).matches("\nqcc: " + name + " at 0x[0-9a-f]{8}, CFSR 0x[0-9a-f]{8}\n");
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void stopsAFirmwareThatHangs() throws IOException {
        Path elf = firmware.build("""
                #include "qcc_io.h"
                int main(void) { qcc_io_print("before\\n"); for (;;) { } }
                """);

        RunResult result = firmware.run(elf, Duration.ofSeconds(3));

        assertThat(result.timedOut()).isTrue();
        assertThat(result.success()).isFalse();
        assertThat(result.output()).isEqualTo("before\n");
        assertThat(result.elapsed()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(30));
    }

    @Test
    void linksDivisionsAndCopiesWithoutACLibrary() throws IOException {
        RunResult result = firmware.buildAndRun("""
                struct big { int values[40]; };
                static volatile long long dividend = -1234567890123LL;
                static struct big a;
                static struct big b;
                int main(void)
                {
                    for (int i = 0; i < 40; i++) {
                        ((volatile int *)a.values)[i] = i;
                    }
                    b = a;
                    return dividend / 1000000007LL == -1234 && ((volatile int *)b.values)[39] == 39 ? 0 : 1;
                }
                """);

        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O2", "-O3", "-Os"})
    void memoryFunctionsDoWhatTheStandardSays(String level) throws IOException {
        // Every pair of alignments and lengths around the word size, against a byte-wise model.
        RunResult result = firmware.buildAndRun("""
                #include <stddef.h>
                void *memcpy(void *restrict to, const void *restrict from, size_t size);
                void *memmove(void *to, const void *from, size_t size);
                void *memset(void *to, int value, size_t size);
                int memcmp(const void *a, const void *b, size_t size);
                size_t strlen(const char *text);

                enum { SIZE = 40 };
                static volatile unsigned char expected[SIZE];
                static unsigned char actual[SIZE] __attribute__((aligned(4)));
                static unsigned char source[SIZE] __attribute__((aligned(4)));

                static unsigned char pattern(size_t i) { return (unsigned char)(3 * i + 1); }

                static void prepare(void)
                {
                    for (int i = 0; i < SIZE; i++) {
                        expected[i] = actual[i] = pattern((size_t)i);
                        source[i] = (unsigned char)(200 - i);
                    }
                }

                static int differs(void)
                {
                    for (int i = 0; i < SIZE; i++) {
                        if (((volatile unsigned char *)actual)[i] != expected[i]) {
                            return 1;
                        }
                    }
                    return 0;
                }

                int main(void)
                {
                    for (size_t to = 0; to < 12; to++) {
                        for (size_t from = 0; from < 12; from++) {
                            for (volatile size_t n = 0; n < 20; n++) {
                                prepare();
                                for (size_t i = 0; i < n; i++) { expected[to + i] = source[from + i]; }
                                if (memcpy(actual + to, source + from, n) != actual + to || differs()) { return 1; }
                                prepare();
                                for (size_t i = 0; i < n; i++) { expected[to + i] = pattern(from + i); }
                                if (memmove(actual + to, actual + from, n) != actual + to || differs()) { return 2; }
                                prepare();
                                for (size_t i = 0; i < n; i++) { expected[to + i] = 0x85; }
                                if (memset(actual + to, 0x385, n) != actual + to || differs()) { return 3; }
                            }
                        }
                    }
                    volatile size_t three = 3;
                    if (memcmp("abc", "abd", three) >= 0 || memcmp("ab\\377", "abd", three) <= 0
                            || memcmp("abc", "abd", three - 1) != 0 || memcmp("a", "b", three - 3) != 0) {
                        return 4;
                    }
                    const char *volatile word = "word";
                    return strlen(word) == 4 && strlen(word + 4) == 0 ? 0 : 5;
                }
                """, level, "-fno-builtin");

        assertThat(result.exitCode()).isZero();
    }

    @Test
    void refusesToLinkWhatLeavesNoRoomForTheStack() throws IOException {
        String source = """
                static char big[%d];
                int main(void) { return ((volatile char *)big)[0]; }
                """;
        int ram = 4 << 20;
        int stack = 8 << 10;

        assertThat(firmware.compile(source.formatted(ram - stack)).success()).isTrue();
        ProcessResult tooLarge = firmware.compile(source.formatted(ram - stack + 1));
        assertThat(tooLarge.success()).isFalse();
        assertThat(tooLarge.stdout()).contains("data and stack do not fit in RAM");
    }
}
