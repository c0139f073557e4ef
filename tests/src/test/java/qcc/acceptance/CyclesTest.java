package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.target.Installation;

/** The hooks that count a board's cycles: for every core; in an emulator they count its clock. */
class CyclesTest {
    private static final Path HARNESS = Installation.find().home().resolve("runtime-c/harness");
    private static final String STRICT = "-std=c99 -O2 -Wall -Wextra -Wconversion -Wshadow -Wundef -pedantic -Werror -mthumb";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"cortex-m0, 0xE000E018u", "cortex-m0plus, 0xE000E018u", "cortex-m23, 0xE000E018u", "cortex-m3, 0xE0001004u",
        "cortex-m4, 0xE0001004u", "cortex-m7, 0xE0001004u", "cortex-m33, 0xE0001004u", "cortex-m55+nofp, 0xE0001004u"})
    void everyCoreReadsItsCounter(String core, String counter) throws IOException {
        Workshop.require("arm-none-eabi-gcc");
        Files.writeString(folder.resolve("model.c"), """
                #include "qcc_cycles.h"
                void work(void);
                void layer(void);
                void layer(void)
                {
                    QCC_RUN_BEGIN();
                    QCC_LAYER_BEGIN(0);
                    work();
                    QCC_LAYER_END(0, 0, 0);
                }
                """);
        for (String source : List.of("model.c", HARNESS.resolve("qcc_cycles.c").toString())) {
            Workshop.run(folder, Stream.concat(Stream.of(("arm-none-eabi-gcc " + STRICT + " -mcpu=" + core).split(" ")),
                    Stream.of("-I", HARNESS.toString(), "-c", source)).toArray(String[]::new));
        }
        assertThat(Workshop.run(folder, "arm-none-eabi-gcc", "-mcpu=" + core, "-mthumb", "-I", HARNESS.toString(), "-E",
                "model.c")).contains(counter);
    }

    @Test
    void everyLayerTakesTime() {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        Path firmware = Workshop.write(Workshop.project(Workshop.digits(), "cortex-m0"), folder);
        Workshop.run(firmware, "make", "cycles");
        String text = Workshop.run(firmware, ("qemu-system-arm -M mps2-an385 -nographic -monitor none -serial none "
                + "-semihosting-config enable=on,target=native -icount shift=8 -kernel build/cycles.elf").split(" "));
        assertThat(text.lines().filter(line -> line.startsWith("layer ")).toList()).hasSizeGreaterThan(5)
                .allMatch(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) > 0);
    }

    /** A model without the option is the same, byte for byte, as one whose hooks are nothing. */
    @Test
    void noHooksCostNothing() throws IOException {
        Workshop.require("arm-none-eabi-gcc", "arm-none-eabi-objdump", "make");
        Path firmware = Workshop.write(Workshop.project(Workshop.digits(), "cortex-m4"), folder);
        Files.writeString(firmware.resolve("nothing.h"), "#define QCC_RUN_BEGIN()\n#define QCC_LAYER_BEGIN(index)\n"
                + "#define QCC_LAYER_END(index, data, size)\n");
        String plain = code(firmware, "EXTRA_CFLAGS=");
        assertThat(code(firmware, "EXTRA_CFLAGS=-I. -DQCC_LAYER_HOOKS='\"nothing.h\"'")).isEqualTo(plain);
    }

    private static String code(Path firmware, String flags) {
        Workshop.run(firmware, "make", "clean");
        Workshop.run(firmware, "make", "build/model/digits.o", flags);
        return Workshop.run(firmware, "arm-none-eabi-objdump", "-d", "build/model/digits.o");
    }
}
