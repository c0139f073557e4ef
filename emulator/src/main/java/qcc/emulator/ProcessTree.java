package qcc.emulator;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A process and everything it starts. Descendants are remembered when they are seen, because one whose parent has
 * ended can no longer be found. Trees that are open when the JVM shuts down (Ctrl-C) are killed.
 */
final class ProcessTree implements AutoCloseable {
    /** The trees to kill on shutdown. Starting a process holds its lock, so that none slips past the shutdown. */
    private static final Set<ProcessTree> OPEN = new LinkedHashSet<>();
    private static boolean shuttingDown;
    /** Each round finds what was started during the one before; a tree that outgrows this many is a fork bomb. */
    private static final int ROUNDS = 10;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ProcessTree::killAll, "qcc-kill"));
    }

    private final Process process;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    private ProcessTree(Process process) {
        this.process = process;
        seen.add(process.toHandle());
    }

    /**
     * Starts a process.
     *
     * @throws IllegalStateException when the JVM is shutting down
     */
    static ProcessTree start(ProcessBuilder builder) throws IOException {
        synchronized (OPEN) {
            if (shuttingDown) {
                throw new IllegalStateException("the JVM is shutting down");
            }
            ProcessTree tree = new ProcessTree(builder.start());
            OPEN.add(tree);
            return tree;
        }
    }

    private static void killAll() {
        synchronized (OPEN) {
            shuttingDown = true;
            OPEN.forEach(ProcessTree::kill);
        }
    }

    Process process() {
        return process;
    }

    /** Takes note of the descendants that there are now. */
    synchronized void refresh() {
        process.descendants().forEach(seen::add);
    }

    /** Ends every process of the tree, at once. */
    synchronized void kill() {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> alive = seen.stream().filter(ProcessHandle::isAlive).toList();
            if (alive.isEmpty()) {
                return;
            }
            alive.forEach(handle -> handle.descendants().forEach(seen::add));
            seen.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void close() {
        kill();
        synchronized (OPEN) {
            OPEN.remove(this);
        }
    }
}
