package qcc.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The machine qcc itself runs on: the executable is simply started. */
public record NativeHost() implements Emulator {

    /** From the words of an emulator line: {@code native} alone. */
    static Emulator of(List<String> words, Tools tools) {
        if (words.size() > 1) {
            throw new IllegalArgumentException("emulator `native` takes no options");
        }
        return new NativeHost();
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public String shellProgram() {
        return "";
    }

    @Override
    public boolean isInstalled() {
        return true;
    }

    @Override
    public String describe() {
        return "native, " + System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }

    @Override
    public String shellPrefix() {
        return "";
    }

    @Override
    public RunResult run(Path elf, Path workingDirectory, Duration limit) {
        Command command = Command.of(limit, elf.toAbsolutePath().toString()).in(workingDirectory);
        return RunResult.of(ProcessRunner.run(command));
    }
}
