package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElfTest {
    private static final String PROGRAM = """
            const char table[1000] = {1};
            int initialised[25] = {1};
            char cleared[333];
            int main(void)
            {
                return ((const volatile char *)table)[1] + ((volatile int *)initialised)[1]
                        + ((volatile char *)cleared)[1];
            }
            """;

    @TempDir
    Path directory;

    @Test
    void readsAFirmware() throws IOException {
        Elf elf = Elf.read(new Firmware("cortex-m4", directory).build(PROGRAM));

        assertThat(elf.symbol("table")).hasValueSatisfying(symbol -> {
            assertThat(symbol.size()).isEqualTo(1000);
            assertThat(symbol.section()).contains(".rodata");
        });
        assertThat(elf.symbol("initialised").orElseThrow().size()).isEqualTo(100);
        assertThat(elf.symbol("cleared").orElseThrow().section()).contains(".bss");
        assertThat(elf.symbol("QCC_RAM_ORIGIN"))
                .contains(new Elf.Symbol("QCC_RAM_ORIGIN", 0x20000000L, 0, Optional.empty()));
        assertThat(elf.symbol("qcc_vectors").orElseThrow().address()).isZero();
        assertThat(elf.symbol("qcc_stack_top").orElseThrow().address()
                - elf.symbol("qcc_stack_bottom").orElseThrow().address()).isEqualTo(8 << 10);
        assertThat(elf.section(".isr_vector").orElseThrow().size()).isEqualTo(64);
        assertThat(elf.section(".data").orElseThrow().address()).isEqualTo(0x20000000L);
        assertThat(elf.section(".comment").orElseThrow().isAllocated()).isFalse();
        assertThat(elf.symbol("nothing")).isEmpty();
    }

    @Test
    void sumsFlashAndRam() throws IOException {
        Elf elf = Elf.read(new Firmware("cortex-m4", directory).build(PROGRAM));

        assertThat(elf.ramSize()).isEqualTo(100 + 336);
        assertThat(elf.flashSize()).isEqualTo(64 + size(elf, ".text") + size(elf, ".rodata") + 100);
        assertThat(size(elf, ".rodata")).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void agreesWithTheToolchain() throws IOException {
        Firmware.assumeInstalled("arm-none-eabi-size");
        Path file = new Firmware("cortex-m4", directory).build(PROGRAM);
        Command size = Command.of(Duration.ofSeconds(20), "arm-none-eabi-size", file.toString());

        String[] numbers = ProcessRunner.run(size).stdout().lines().skip(1).findFirst().orElseThrow().strip()
                .split("\\s+");
        Elf elf = Elf.read(file);
        long data = Long.parseLong(numbers[1]);
        assertThat(elf.flashSize()).isEqualTo(Long.parseLong(numbers[0]) + data);
        assertThat(elf.ramSize()).isEqualTo(data + Long.parseLong(numbers[2]));
    }

    @Test
    void readsWhatALoaderPutsIntoMemory() throws IOException {
        Path file = new Firmware("cortex-m4", directory).build(PROGRAM);

        Elf elf = Elf.read(file);

        long loaded = elf.segments().stream().mapToLong(Elf.Segment::fileSize).sum();
        assertThat(loaded).isEqualTo(elf.flashSize());
        assertThat(elf.segments()).allMatch(segment -> segment.memorySize() >= segment.fileSize());
        Elf.Segment code = elf.segments().get(0);
        assertThat(code.address()).as("of the flash").isZero();
        long table = elf.symbol("table").orElseThrow().address();
        assertThat(Files.readAllBytes(file)[(int) (code.offset() + table - code.address())]).isEqualTo((byte) 1);
        assertThat(elf.entry() & ~1L).isEqualTo(elf.symbol("Reset_Handler").orElseThrow().address() & ~1L);
    }

    @Test
    void reads64Bits() throws IOException {
        Elf elf = Elf.read(new Firmware("host", directory).build(PROGRAM));

        assertThat(elf.symbol("table").orElseThrow().size()).isEqualTo(1000);
        assertThat(elf.symbol("cleared").orElseThrow().section()).contains(".bss");
        assertThat(elf.section(".text").orElseThrow().size()).isPositive();
    }

    @Test
    void readsAnEmptyFileWithoutTables() throws IOException {
        byte[] header = new byte[52];
        System.arraycopy(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}, 0, header, 0, 7);

        Elf elf = Elf.read(Files.write(directory.resolve("x.elf"), header));

        assertThat(elf.sections()).isEmpty();
        assertThat(elf.flashSize()).isZero();
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path text = Files.writeString(directory.resolve("x.elf"), "int main(void);");
        Path empty = Files.createFile(directory.resolve("empty.elf"));
        Path bigEndian = Files.write(directory.resolve("big.elf"), new byte[] {0x7F, 'E', 'L', 'F', 1, 2, 1, 0});

        assertThatThrownBy(() -> Elf.read(text)).isInstanceOf(MalformedFile.class)
                .hasMessageContaining("x.elf: not an ELF file");
        assertThatThrownBy(() -> Elf.read(empty)).isInstanceOf(MalformedFile.class).hasMessageContaining("truncated");
        assertThatThrownBy(() -> Elf.read(bigEndian)).isInstanceOf(MalformedFile.class)
                .hasMessageContaining("not little-endian");
        assertThatThrownBy(() -> Elf.read(directory.resolve("none"))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cortex-m4", "host"})
    void saysThatATruncatedFileIsMalformed(String target) throws IOException {
        byte[] whole = Files.readAllBytes(new Firmware(target, directory).build(PROGRAM));
        Path file = directory.resolve("cut.elf");

        // The section headers are at the end, so that every shorter file lacks some.
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Elf.read(file)).as("%d bytes", length).isInstanceOf(MalformedFile.class);
        }
    }

    @Test
    void neverFailsOtherwiseOnADamagedFile() throws IOException {
        byte[] whole = Files.readAllBytes(new Firmware("cortex-m4", directory).build(PROGRAM));
        ByteBuffer buffer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int headers = buffer.getInt(0x20);
        Path file = directory.resolve("damaged.elf");
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.clone();
            for (int n = 0; n < 3; n++) {
                // The file header, or the section headers.
                int at = random.nextBoolean() ? 4 + random.nextInt(48)
                        : headers + random.nextInt(whole.length - headers);
                damaged[at] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            refused += refuses(file) ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    private static boolean refuses(Path file) {
        boolean[] refused = {false};
        assertThatCode(() -> {
            try {
                Elf.read(file);
            } catch (MalformedFile e) {
                refused[0] = true;
            }
        }).doesNotThrowAnyException();
        return refused[0];
    }

    private static long size(Elf elf, String section) {
        return elf.section(section).orElseThrow().size();
    }
}
