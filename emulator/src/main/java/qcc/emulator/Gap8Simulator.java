package qcc.emulator;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulator of GAP-8 in the package {@code qcc.gap8}, as a process of its own on the Java that qcc runs on.
 *
 * @param options of its command line, such as {@code --cores 1}
 */
public record Gap8Simulator(List<String> options) implements Emulator {
    /** By name, as the simulator uses this package and not the other way round. */
    private static final String MAIN = "qcc.gap8.Main";

    public Gap8Simulator {
        options = List.copyOf(options);
    }

    /** From the words of an emulator line: {@code gap8 options...}. */
    static Emulator of(List<String> words, Tools tools) {
        return new Gap8Simulator(words.subList(1, words.size()));
    }

    @Override
    public String name() {
        return "gap8";
    }

    @Override
    public String shellProgram() {
        return "java";
    }

    @Override
    public boolean isInstalled() {
        return Files.isExecutable(java());
    }

    @Override
    public String describe() {
        return "simulator of GAP-8, part of qcc" + (options.isEmpty() ? "" : ", " + String.join(" ", options));
    }

    /** Projects leave the machine that qcc is on, so that the Makefile asks where its archive is. */
    @Override
    public String shellPrefix() {
        return "java -cp $(or $(QCC_EMULATOR_JAR),$(error set QCC_EMULATOR_JAR to the file qcc-emulator-*.jar of qcc)) "
                + MAIN + " --quiet" + (options.isEmpty() ? "" : " " + String.join(" ", options));
    }

    @Override
    public RunResult run(Path elf, Path workingDirectory, Duration limit) {
        List<String> words = new ArrayList<>(List.of(java().toString(), "-XX:+UseSerialGC", "-cp", classes(), MAIN,
                "--quiet"));
        words.addAll(options);
        words.add(elf.toAbsolutePath().toString());
        return RunResult.of(ProcessRunner.run(Command.of(limit, words).in(workingDirectory)));
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The archive or folder that this class, and so the simulator, comes from. */
    private static String classes() {
        try {
            return Path.of(Gap8Simulator.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
