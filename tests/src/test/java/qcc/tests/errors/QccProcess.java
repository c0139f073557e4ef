package qcc.tests.errors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run of qcc as a process of its own, for what a process has: a working folder, an environment, a temporary folder.
 *
 * @param output   the standard output
 * @param error    the error output
 * @param leftOver names of files that stayed in the temporary folder
 */
public record QccProcess(int exitCode, String output, String error, List<String> leftOver) {
    private static final int LIMIT_SECONDS = 60;

    /**
     * Runs qcc.
     *
     * @param folder      the working folder
     * @param environment variables that differ from those of this process
     */
    public static QccProcess run(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return run(List.of(), folder, environment, arguments);
    }

    /**
     * Runs qcc by another program.
     *
     * @param prefix that program with its arguments, which the command follows
     */
    static QccProcess run(List<String> prefix, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        Path temporary = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "temporary");
        Path output = temporary.resolveSibling("output");
        Path error = temporary.resolveSibling("error");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary, "-Dqcc.home=" + CommandLineRun.home(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "qcc.cli.Qcc"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(output.toFile()).redirectError(error.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("qcc did not end within " + LIMIT_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
        return new QccProcess(process.exitValue(), Files.readString(output), Files.readString(error),
                names(temporary));
    }

    /** The names of what lies in a folder. */
    static List<String> names(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
