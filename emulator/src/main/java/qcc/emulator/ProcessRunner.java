package qcc.emulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs so that none of them outlives its time, its caller or the JVM. */
public final class ProcessRunner {
    /** How long to wait for the last output once the program has ended: a daemon it left may hold the pipe for ever. */
    private static final Duration OUTPUT_GRACE = Duration.ofSeconds(2);
    private static final long FIRST_POLL_MILLIS = 5;
    private static final long LAST_POLL_MILLIS = 250;

    private ProcessRunner() {
    }

    /**
     * Runs a program to its end or its time limit, with an empty standard input. Whatever happens, the program and
     * everything it started is dead when this returns or throws.
     *
     * @throws ToolMissing              when there is no such program
     * @throws IllegalArgumentException when the working directory does not exist
     * @throws UncheckedIOException     when the program cannot be started, or when the thread is interrupted (with an
     *                                  {@link InterruptedIOException}; the thread's interrupt flag stays set)
     */
    public static ProcessResult run(Command command) {
        long start = System.nanoTime();
        try (ProcessTree tree = start(command)) {
            Process process = tree.process();
            process.getOutputStream().close();
            BoundedCapture stdout = BoundedCapture.start("stdout of " + command.program(), process.getInputStream());
            BoundedCapture stderr = BoundedCapture.start("stderr of " + command.program(), process.getErrorStream());
            boolean ended = await(tree, start + command.limit().toNanos());
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            tree.kill();
            process.waitFor();
            stdout.join(OUTPUT_GRACE.toMillis());
            stderr.join(OUTPUT_GRACE.toMillis());
            return new ProcessResult(process.exitValue(), !ended, stdout.text(), stderr.text(), elapsed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted: " + command.program()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessTree start(Command command) {
        if (!Files.isDirectory(command.directory().toAbsolutePath())) {
            throw new IllegalArgumentException("no such directory: " + command.directory());
        }
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toAbsolutePath().toFile())
                .redirectErrorStream(command.mergeStderr());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(command.unset());
        environment.putAll(command.environment());
        try {
            return ProcessTree.start(builder);
        } catch (IOException e) {
            if (Tools.system().locate(command.program()).isEmpty()) {
                throw ToolMissing.notFound(command.program());
            }
            throw new UncheckedIOException("cannot start " + command.program(), e);
        }
    }

    /** True when the process ended by itself before the deadline. */
    private static boolean await(ProcessTree tree, long deadline) throws InterruptedException {
        long poll = TimeUnit.MILLISECONDS.toNanos(FIRST_POLL_MILLIS);
        long left = deadline - System.nanoTime();
        while (!tree.process().waitFor(Math.max(0, Math.min(poll, left)), TimeUnit.NANOSECONDS)) {
            tree.refresh();
            left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            poll = Math.min(2 * poll, TimeUnit.MILLISECONDS.toNanos(LAST_POLL_MILLIS));
        }
        return true;
    }
}
