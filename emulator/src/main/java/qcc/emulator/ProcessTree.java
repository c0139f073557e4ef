package qcc.emulator;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process and everything it starts. Descendants are remembered when they are seen, because one whose parent has
 * ended can no longer be found. Trees that are open when the JVM shuts down (Ctrl-C) are killed.
 */
final class ProcessTree implements AutoCloseable {
    private static final Set<ProcessTree> OPEN = ConcurrentHashMap.newKeySet();
    /** Each round finds what was started during the one before; a tree that outgrows this many is a fork bomb. */
    private static final int ROUNDS = 10;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(ProcessTree::kill), "qcc-kill"));
    }

    private final ProcessHandle root;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    ProcessTree(Process process) {
        root = process.toHandle();
        seen.add(root);
        OPEN.add(this);
    }

    /** Takes note of the descendants that there are now. */
    synchronized void refresh() {
        root.descendants().forEach(seen::add);
    }

    /** Ends every process of the tree, at once. */
    synchronized void kill() {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> alive = seen.stream().filter(ProcessHandle::isAlive).toList();
            if (alive.isEmpty()) {
                return;
            }
            alive.forEach(process -> process.descendants().forEach(seen::add));
            seen.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void close() {
        kill();
        OPEN.remove(this);
    }
}
