package qcc.tests.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.emulator.Command;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;
import qcc.emulator.Tools;

/**
 * A machine as a CI server provides it: a checked out repository, a home, and scripts that run in bash. It has qcc on its
 * PATH as an image may have it, with this test's classes.
 */
final class Runner {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String INSTALL = "apt-get install";

    private final Path repository;
    private final Path home;
    private final Path github;
    private final List<String> log = new ArrayList<>();

    Runner(Path folder, Path repository) throws IOException {
        this.repository = repository;
        this.home = Files.createDirectories(folder.resolve("home"));
        this.github = Files.writeString(folder.resolve("github-path"), "");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        program("qcc", "exec '" + java + "' -XX:TieredStopAtLevel=1 -Dqcc.home='" + System.getProperty("qcc.home")
                + "' -cp '" + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                + "' qcc.cli.Qcc \"$@\"");
        program("sudo", "exec \"$@\"");
        Optional<Path> renode = Tools.system().locate("renode"); // by its variable or on the PATH; a CI server has the PATH
        if (renode.isPresent()) {
            program("renode", "exec '" + renode.get() + "' \"$@\"");
        }
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** What the scripts printed, one after the other. */
    List<String> log() {
        return List.copyOf(log);
    }

    /**
     * Runs a script as a step; gives its exit code. Lines that install packages are run by whoever may do so; where all
     * packages are there, they are satisfied.
     */
    int run(String script) throws IOException {
        List<String> wanted = packages(script);
        boolean satisfied = !wanted.isEmpty() && wanted.stream().allMatch(Runner::isInstalled);
        if (!wanted.isEmpty() && !satisfied) {
            assumeTrue("root".equals(System.getProperty("user.name")), "packages are missing: " + wanted);
        }
        String needed = satisfied
                ? script.lines().filter(line -> !line.contains("apt-get")).collect(Collectors.joining("\n")) : script;
        Path file = Files.writeString(home.resolve("step.sh"), needed);
        List<String> added = new ArrayList<>(Files.readAllLines(github));
        added.add(home.resolve("bin").toString());
        ProcessResult result = ProcessRunner.run(Command.of(LIMIT, "bash", "-e", "-o", "pipefail", file.toString())
                .in(repository).mergingStderr().with("HOME", home.toString()).with("GITHUB_PATH", github.toString())
                .with("PATH", String.join(":", added) + ":" + System.getenv("PATH")));
        log.add(result.stdout());
        return result.exitCode();
    }

    private static List<String> packages(String script) {
        return script.lines().filter(line -> line.contains(INSTALL))
                .flatMap(line -> Arrays.stream(line.substring(line.indexOf(INSTALL) + INSTALL.length()).split(" ")))
                .filter(word -> !word.isBlank() && !word.startsWith("-")).toList();
    }

    private static boolean isInstalled(String name) {
        ProcessResult result = ProcessRunner.run(Command.of(LIMIT, "dpkg-query", "-W", "-f=${Status}", name));
        return result.success() && result.stdout().startsWith("install ok installed");
    }

    /** The reports that lie in a folder of the repository. */
    List<String> files(String folder) throws IOException {
        try (Stream<Path> all = Files.list(repository.resolve(folder))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
