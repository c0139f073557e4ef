package qcc.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One Renode process that serves many firmwares, one after the other. It has a folder of its own for its temporary
 * files, its configuration and its log, because Renode clears away what it finds in a shared one.
 */
final class RenodeProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final Duration END_GRACE = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 100;
    private static final int LOG_LINES = 8;
    private static final int LOG_BYTES = 1 << 16;

    private final Path folder;
    private final ProcessTree tree;
    private final BoundedCapture output;
    private final RenodeClient client;

    private RenodeProcess(Path folder, ProcessTree tree, BoundedCapture output, RenodeClient client) {
        this.folder = folder;
        this.tree = tree;
        this.output = output;
        this.client = client;
    }

    /**
     * Starts a Renode and waits until it answers.
     *
     * @throws EmulatorFailed when it does not; nothing of it is left then
     */
    static RenodeProcess start(Path launcher) {
        try {
            Path folder = Files.createTempDirectory("qcc-renode-");
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--disable-xwt", "--hide-log",
                    "--config", folder.resolve("config").toString(), "--robot-server-port", String.valueOf(port))
                    .directory(folder.toFile()).redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Files.createFile(folder.resolve("empty")).toFile()));
            builder.environment().put("TMPDIR", folder.toString());
            ProcessTree tree = ProcessTree.start(builder);
            RenodeProcess renode = new RenodeProcess(folder, tree,
                    BoundedCapture.start("output of Renode", tree.process().getInputStream()), new RenodeClient(port));
            renode.awaitReady();
            return renode;
        } catch (IOException e) {
            throw new EmulatorFailed("Renode cannot be started: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                client.command("version", ANSWER_LIMIT);
                tree.refresh();
                return;
            } catch (IOException e) {
                if (!tree.process().isAlive() || System.nanoTime() > deadline) {
                    String said = output.text().strip();
                    close();
                    throw new EmulatorFailed("Renode does not answer on its port: "
                            + (said.isEmpty() ? e.getMessage() : said), e);
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new EmulatorFailed("interrupted", e);
        }
    }

    RenodeClient client() {
        return client;
    }

    /** A folder for what belongs to this process. */
    Path folder() {
        return folder;
    }

    boolean isAlive() {
        return tree.process().isAlive();
    }

    /** After the connection broke: whether the process is ending, for which its launcher gets a moment. */
    boolean hasEnded() {
        try {
            return tree.process().waitFor(END_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Forgets the firmware that ran, so that the next one finds a fresh Renode. */
    void reset() throws IOException {
        tree.refresh();
        client.run(ANSWER_LIMIT, Optional::empty, "ResetEmulation");
    }

    /** Where Renode is asked to write its log. */
    Path log() {
        return folder.resolve("renode.log");
    }

    /** The last lines of the log; the newest ends it. */
    List<String> complaints() {
        List<String> lines = logTail();
        return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    }

    /** The line in which Renode says that it has given a processor up; it never answers after that. */
    Optional<String> cpuAbort() {
        return logTail().stream().filter(line -> line.contains("CPU abort")).findFirst().map(String::strip);
    }

    private List<String> logTail() {
        try (SeekableByteChannel channel = Files.newByteChannel(log())) {
            channel.position(Math.max(0, channel.size() - LOG_BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(LOG_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Ends the process and everything it started, and removes its folder. */
    @Override
    public void close() {
        tree.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Another process may be deleting in the folder for temporary files, too; what is gone is gone.
            return;
        }
    }
}
