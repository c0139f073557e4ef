package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import qcc.emulator.Command;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;
import qcc.emulator.Tools;

/** Test programs, compiled by the stock RISC-V compiler with the runtime in {@code targets/gap8}. */
final class Programs {
    private static final String COMPILER = "riscv64-unknown-elf-gcc";
    private static final Path HOME = Path.of(System.getProperty("qcc.home"));
    private static final Path TARGETS = HOME.resolve("targets");
    private static final List<String> OPTIONS = List.of("-std=c99", "-ffreestanding", "-O2", "-Wall", "-Wextra",
            "-Wconversion", "-pedantic", "-Werror", "-march=rv32imc", "-misa-spec=2.2", "-mabi=ilp32",
            "-msmall-data-limit=0", "-ffunction-sections", "-fdata-sections", "-nostartfiles", "-nostdlib",
            "-Wl,--gc-sections", "-Wl,--fatal-warnings");

    private Programs() {
    }

    /** What a run of the simulator left. */
    record Run(int exitCode, String output, String report) {
    }

    static void assumeInstalled(String program) {
        assumeTrue(Tools.system().locate(program).isPresent(), program + " is not installed");
    }

    /** Links a C program for the simulator, with start-up code, pmsis.c and all; a warning fails the test. */
    static Path build(Path directory, String source, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("program.c"), source);
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of(file.toString(), TARGETS.resolve("gap8/startup.c").toString(),
                TARGETS.resolve("gap8/pmsis.c").toString(), TARGETS.resolve("gap8/pmsis_device.c").toString()));
        return link(directory, "program.elf", Memory.L2_BASE, words);
    }

    /** Links files with what every firmware has, at an address. */
    static Path link(Path directory, String name, int origin, List<String> files) throws IOException {
        assumeInstalled(COMPILER);
        Path elf = directory.resolve(name);
        List<String> command = new ArrayList<>(List.of(Tools.system().find(COMPILER).toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-I" + TARGETS.resolve("gap8"), "-I" + TARGETS.resolve("common"),
                "-I" + HOME.resolve("runtime-c"),
                "-T" + TARGETS.resolve("gap8/linker.ld"), "-Wl,--defsym=QCC_RAM_ORIGIN=" + Memory.hex(origin),
                "-Wl,--defsym=QCC_RAM_SIZE=512K", "-Wl,--defsym=QCC_STACK_SIZE=8K"));
        command.addAll(files);
        command.addAll(List.of(TARGETS.resolve("common/qcc_io.c").toString(),
                TARGETS.resolve("common/qcc_console.c").toString(),
                TARGETS.resolve("common/qcc_libc.c").toString(), "-lgcc", "-o", elf.toString()));
        ProcessResult result = ProcessRunner.run(Command.of(Duration.ofSeconds(60), command).mergingStderr());
        assertThat(result.success()).as(result.stdout()).isTrue();
        assertThat(result.stdout()).isEmpty();
        return elf;
    }

    static Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        int exitCode = new Main(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(report, true, StandardCharsets.UTF_8)).run(arguments);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), report.toString(StandardCharsets.UTF_8));
    }
}
