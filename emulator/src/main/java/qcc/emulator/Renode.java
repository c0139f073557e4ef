package qcc.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renode, version 1.14 or later, driven over its port for Robot Framework. The firmware's input and output go through
 * the functions of {@code qcc_io.h}, which a script hooks; so the same ELF file runs here and in QEMU.
 *
 * @param tools    where to find the program
 * @param platform the description of the board, a {@code .repl} file; relative to the directory that a firmware runs in
 * @param script   the Python script with the hooks, likewise
 */
public record Renode(Tools tools, String platform, String script) implements Emulator {
    static final String PROGRAM = "renode";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)[.\\d]*");
    /** The first version whose parallel subtractions are right. */
    private static final int RIGHT_MAJOR = 1;
    private static final int RIGHT_MINOR = 16;

    /** From the words of an emulator line: {@code renode PLATFORM SCRIPT}. */
    static Emulator of(List<String> words, Tools tools) {
        if (words.size() != 3) {
            throw new IllegalArgumentException("`renode` needs two files: renode PLATFORM SCRIPT");
        }
        return new Renode(tools, words.get(1), words.get(2));
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public String shellProgram() {
        return "\"$${RENODE:-renode}\"";
    }

    @Override
    public boolean isInstalled() {
        return tools.locate(PROGRAM).isPresent();
    }

    @Override
    public String describe() {
        return tools.version(PROGRAM) + ", platform " + Path.of(platform).getFileName();
    }

    @Override
    public Optional<String> knownDefect() {
        Matcher version = VERSION.matcher(tools.version(PROGRAM));
        boolean old = version.find() && (Integer.parseInt(version.group(1)) < RIGHT_MAJOR
                || Integer.parseInt(version.group(1)) == RIGHT_MAJOR && Integer.parseInt(version.group(2)) < RIGHT_MINOR);
        return old ? Optional.of("Renode before " + RIGHT_MAJOR + "." + RIGHT_MINOR + " sets the GE flags of SSUB8 and its "
                + "like wrongly, and this is " + version.group() + ": try a newer one, or --emulator qemu")
                : Optional.empty();
    }

    @Override
    public String shellPrefix() {
        return "sh target/renode.sh";
    }

    @Override
    public RunResult run(Path elf, Path workingDirectory, Duration limit) {
        Path launcher = tools.find(PROGRAM);
        Path directory = workingDirectory.toAbsolutePath();
        Path board = existing(directory, platform);
        Path hooks = existing(directory, script);
        long start = System.nanoTime();
        Optional<RenodeProcess> taken;
        try {
            taken = RenodePool.take(launcher, limit);
        } catch (RenodeClient.TimedOut e) {
            return new RunResult(0, true, "", e.getMessage(), Duration.ofNanos(System.nanoTime() - start));
        }
        if (taken.isEmpty()) {
            return RenodeOneShot.run(launcher, board, hooks, elf.toAbsolutePath(), directory,
                    limit.minusNanos(System.nanoTime() - start));
        }
        RenodeProcess process = taken.get();
        try {
            RunResult result = new RenodeRun(process, directory, limit).execute(board, hooks, elf.toAbsolutePath());
            if (result.timedOut()) {
                process.close();
            } else {
                RenodePool.giveBack(launcher, process);
            }
            return result;
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private static Path existing(Path directory, String file) {
        Path path = directory.resolve(file).toAbsolutePath();
        if (!Files.isRegularFile(path)) {
            throw new UncheckedIOException(new IOException("there is no file " + path));
        }
        return path;
    }
}
