package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A test program, compiled and linked as the description of a real target in {@code targets/} says. */
final class Firmware {
    private static final Path TARGETS = Path.of(System.getProperty("qcc.home"), "targets");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> STRICT =
            List.of("-std=c99", "-Wall", "-Wextra", "-Wconversion", "-pedantic", "-Werror");

    private final Path target;
    private final Properties description = new Properties();
    private final Path directory;

    /** Skips the test, with the reason, when a program that the target needs is missing. */
    Firmware(String name, Path directory) throws IOException {
        this.target = TARGETS.resolve(name);
        this.directory = directory;
        try (Reader reader = Files.newBufferedReader(target.resolve("target.properties"))) {
            description.load(reader);
        }
        assumeInstalled(value("compiler"));
        String program = value("emulator").split(" ")[0];
        if (!program.equals("native")) {
            assumeInstalled(program);
        }
    }

    static void assumeInstalled(String program) {
        assumeTrue(Tools.system().locate(program).isPresent(), program + " is not installed");
    }

    Emulator emulator() {
        return Emulators.of(value("emulator"), Tools.system());
    }

    /** Links a program and returns the file; any warning fails the test. */
    Path build(String source, String... options) throws IOException {
        ProcessResult result = compile(source, options);
        assertThat(result.success()).as(result.stdout()).isTrue();
        assertThat(result.stdout()).isEmpty();
        return directory.resolve("firmware.elf");
    }

    /** Runs the compiler and linker on a program and the target's own sources; later options override earlier ones. */
    ProcessResult compile(String source, String... options) throws IOException {
        Files.writeString(directory.resolve("main.c"), source);
        List<String> command = new ArrayList<>(List.of(Tools.system().find(value("compiler")).toString()));
        command.addAll(STRICT);
        command.add("-I" + TARGETS.resolve("common"));
        command.addAll(words("flags.cpu"));
        command.addAll(words("flags.link"));
        if (!value("linker.script").isEmpty()) {
            command.add("-T" + file(value("linker.script")));
            command.add("-Wl,--defsym=QCC_FLASH_ORIGIN=" + value("flash.origin"));
            command.add("-Wl,--defsym=QCC_FLASH_SIZE=" + value("flash.size"));
            command.add("-Wl,--defsym=QCC_RAM_ORIGIN=" + value("ram.origin"));
            command.add("-Wl,--defsym=QCC_RAM_SIZE=" + value("ram.size"));
            command.add("-Wl,--defsym=QCC_STACK_SIZE=" + value("stack.size"));
        }
        command.addAll(List.of(options));
        command.add("main.c");
        for (String name : words("sources")) {
            command.add(file(name).toString());
        }
        command.addAll(List.of("-o", "firmware.elf"));
        return ProcessRunner.run(Command.of(LIMIT, command).in(directory).mergingStderr());
    }

    RunResult run(Path elf, Duration limit) {
        return emulator().run(elf, directory, limit);
    }

    RunResult buildAndRun(String source, String... options) throws IOException {
        return run(build(source, options), LIMIT);
    }

    private Path file(String name) {
        Path own = target.resolve(name);
        return Files.exists(own) ? own : TARGETS.resolve("common").resolve(name);
    }

    private List<String> words(String key) {
        return List.of(value(key).split("\\s+")).stream().filter(word -> !word.isEmpty()).toList();
    }

    private String value(String key) {
        String value = description.getProperty(key);
        assertThat(value).as(key).isNotNull();
        return value.strip();
    }
}
