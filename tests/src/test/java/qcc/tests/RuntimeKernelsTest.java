package qcc.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.emulator.Command;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;

/** The kernels' own tests in C, on this machine under sanitizers and on an emulated Cortex-M4. */
class RuntimeKernelsTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @ParameterizedTest
    @CsvSource({"test, gcc clang", "test-m0, arm-none-eabi-gcc qemu-system-arm", "test-m3, arm-none-eabi-gcc qemu-system-arm",
        "test-m4, arm-none-eabi-gcc qemu-system-arm", "test-m55, arm-none-eabi-gcc qemu-system-arm", "symbols, arm-none-eabi-gcc",
        "headers, gcc clang arm-none-eabi-gcc"})
    void goalOfTheKernelsMakefileSucceeds(String goal, String programs) {
        InstalledTools.require(programs.split(" "));
        Path folder = Path.of(System.getProperty("qcc.home"), "runtime-c", "test");
        ProcessResult result = ProcessRunner.run(
                Command.of(LIMIT, List.of("make", "-C", folder.toString(), goal)).mergingStderr());
        assertThat(result.exitCode()).as(result.stdout()).isZero();
    }
}
