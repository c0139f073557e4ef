package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.emulator.Command;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;

/** A board's application without a debugger: nobody answers semihosting, the text comes from the UART. */
class BoardAloneTest {
    @TempDir
    private Path folder;

    @Test
    void printsByItsUartAndStaysWhereItEnds() {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        Path firmware = Workshop.write(Workshop.project(Workshop.digits(), "stm32f4-discovery"), folder);
        Workshop.run(firmware, "make");

        ProcessResult run = ProcessRunner.run(Command.of(Duration.ofSeconds(4), "qemu-system-arm", "-M",
                "netduinoplus2", "-nographic", "-monitor", "none", "-serial", "null", "-serial", "stdio", "-kernel",
                "build/digits.elf").in(firmware));

        assertThat(run.stdout()).isEqualTo("digits: done\n");
        assertThat(run.timedOut()).isTrue();
    }
}
