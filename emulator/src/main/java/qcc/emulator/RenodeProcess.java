package qcc.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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
    private final RenodeClient client;

    private RenodeProcess(Path folder, ProcessTree tree, RenodeClient client) {
        this.folder = folder;
        this.tree = tree;
        this.client = client;
    }

    /**
     * Starts a Renode and waits until it answers.
     *
     * @param limit of the waiting
     * @return absent when it does not answer; nothing of it is left then
     * @throws RenodeClient.TimedOut when the limit is reached; nothing is left then either
     * @throws EmulatorFailed        when it cannot be started
     */
    static Optional<RenodeProcess> start(Path launcher, Duration limit) throws RenodeClient.TimedOut {
        Path folder = null;
        try {
            folder = TemporaryFolder.create("qcc-renode-");
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--disable-xwt", "--hide-log",
                    "--config", folder.resolve("config").toString(), "--robot-server-port", String.valueOf(port))
                    .directory(folder.toFile()).redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Files.createFile(folder.resolve("empty")).toFile()));
            builder.environment().put("TMPDIR", folder.toString());
            ProcessTree tree = ProcessTree.start(builder);
            BoundedCapture.start("output of Renode", tree.process().getInputStream());
            RenodeProcess renode = new RenodeProcess(folder, tree, new RenodeClient(port));
            return renode.awaitReady(limit) ? Optional.of(renode) : Optional.empty();
        } catch (RenodeClient.TimedOut e) {
            throw e;
        } catch (IOException e) {
            TemporaryFolder.delete(folder);
            throw new EmulatorFailed("Renode cannot be started: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** False when it does not answer; it is closed then. */
    private boolean awaitReady(Duration limit) throws RenodeClient.TimedOut {
        long start = System.nanoTime();
        while (true) {
            try {
                client.command("version", ANSWER_LIMIT);
                tree.refresh();
                return true;
            } catch (IOException e) {
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                if (!tree.process().isAlive() || waited.compareTo(START_LIMIT) > 0) {
                    close();
                    return false;
                }
                if (waited.compareTo(limit) > 0) {
                    close();
                    throw new RenodeClient.TimedOut("Renode was not ready within " + limit.toSeconds() + " seconds");
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
        TemporaryFolder.delete(folder);
    }
}
