package qcc.emulator;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the programs that others provide: by the environment variable {@code QCC_<PROGRAM>} (upper case, every
 * character but letters and digits replaced by {@code _}, for example {@code QCC_QEMU_SYSTEM_ARM}), else on the PATH.
 */
public final class Tools {
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(20);

    private static final Map<String, String> DEBIAN_PACKAGES = Map.of(
            "arm-none-eabi-gcc", "gcc-arm-none-eabi",
            "gcc", "gcc",
            "make", "make",
            "qemu-system-arm", "qemu-system-arm",
            "qemu-system-riscv32", "qemu-system-misc",
            "riscv64-unknown-elf-gcc", "gcc-riscv64-unknown-elf");

    /** Programs for which others have made a variable customary. */
    private static final Map<String, String> OWN_VARIABLES = Map.of("renode", "RENODE");

    /** Where to get a program that Debian does not have. */
    private static final Map<String, String> SOURCES = Map.of("renode",
            "no Debian package holds it: see https://renode.io for a portable archive");

    private final Map<String, String> environment;

    private Tools(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The tools of this machine, as the environment of this process has them. */
    public static Tools system() {
        return new Tools(System.getenv());
    }

    /** The tools as another environment would have them. */
    public static Tools of(Map<String, String> environment) {
        return new Tools(environment);
    }

    /**
     * The executable to run for a program.
     *
     * @throws ToolMissing when there is none, or when the variable names a file that cannot be executed
     */
    public Path find(String program) {
        return locate(program).orElseThrow(() -> overrideOf(program)
                .map(path -> ToolMissing.wrongOverride(program, path))
                .orElseGet(() -> ToolMissing.notFound(program)));
    }

    /** The executable to run for a program; a name that holds a {@code /} is a path and stands for itself. */
    public Optional<Path> locate(String program) {
        if (program.contains("/") || program.contains(File.separator)) {
            return executable(program);
        }
        Optional<String> override = overrideOf(program);
        if (override.isPresent()) {
            return executable(override.get());
        }
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> executable(directory + File.separator + program).stream())
                .findFirst();
    }

    /** The SDK of GAP-8 or PULP that the environment names. */
    Optional<Sdk> sdk() {
        return Sdk.of(environment);
    }

    /**
     * The first line that {@code program --version} prints.
     *
     * @throws ToolMissing when there is no such program
     */
    public String version(String program) {
        Command command = Command.of(VERSION_LIMIT, find(program).toString(), "--version").mergingStderr();
        return ProcessRunner.run(command).stdout().lines().findFirst().orElse("unknown version");
    }

    private Optional<String> overrideOf(String program) {
        return Optional.ofNullable(environment.get(variableOf(program))).filter(path -> !path.isEmpty());
    }

    private static Optional<Path> executable(String path) {
        try {
            return Optional.of(Path.of(path).toAbsolutePath())
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The environment variable that overrides where a program is found. */
    static String variableOf(String program) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        if (OWN_VARIABLES.containsKey(name)) {
            return OWN_VARIABLES.get(name);
        }
        return "QCC_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** How to come by a program, where known. */
    static Optional<String> adviceFor(String program) {
        return debianPackageOf(program).map(name -> "on Debian it is in the package " + name)
                .or(() -> Optional.ofNullable(SOURCES.get(program)));
    }

    /** The Debian package that holds a program, where known. */
    static Optional<String> debianPackageOf(String program) {
        return Optional.ofNullable(DEBIAN_PACKAGES.get(program));
    }
}
