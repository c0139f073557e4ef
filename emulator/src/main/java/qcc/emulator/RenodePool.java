package qcc.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Renode processes that wait for their next firmware. Starting one takes seconds, a further firmware in it tenths of
 * a second. Each serves one caller at a time; those that wait are ended with the JVM.
 */
final class RenodePool {
    private static final int MAX_IDLE = 2;
    private static final Map<Path, Deque<RenodeProcess>> IDLE = new HashMap<>();
    /** Those that did not answer: asking again would take as long again. */
    private static final Set<Path> SILENT = new HashSet<>();
    private static boolean shuttingDown;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(RenodePool::closeAll, "qcc-renode"));
    }

    private RenodePool() {
    }

    /**
     * A process that nobody else uses, a new one if need be. It must be given back or closed.
     *
     * @param limit of the waiting for a new one
     * @return absent when this Renode cannot be talked to
     * @throws RenodeClient.TimedOut when the limit is reached
     */
    static Optional<RenodeProcess> take(Path launcher, Duration limit) throws RenodeClient.TimedOut {
        for (RenodeProcess idle = poll(launcher); idle != null; idle = poll(launcher)) {
            if (idle.isAlive()) {
                return Optional.of(idle);
            }
            idle.close();
        }
        if (isSilent(launcher)) {
            return Optional.empty();
        }
        Optional<RenodeProcess> started = RenodeProcess.start(launcher, limit);
        if (started.isEmpty()) {
            remember(launcher);
        }
        return started;
    }

    private static synchronized boolean isSilent(Path launcher) {
        return SILENT.contains(launcher);
    }

    private static synchronized void remember(Path launcher) {
        SILENT.add(launcher);
    }

    private static synchronized RenodeProcess poll(Path launcher) {
        return IDLE.getOrDefault(launcher, new ArrayDeque<>()).poll();
    }

    /** Takes a process back whose firmware has ended. */
    static void giveBack(Path launcher, RenodeProcess process) {
        try {
            process.reset();
        } catch (IOException e) {
            process.close();
            return;
        }
        if (!keep(launcher, process)) {
            process.close();
        }
    }

    private static synchronized boolean keep(Path launcher, RenodeProcess process) {
        Deque<RenodeProcess> idle = IDLE.computeIfAbsent(launcher, key -> new ArrayDeque<>());
        return !shuttingDown && idle.size() < MAX_IDLE && idle.offer(process);
    }

    private static synchronized void closeAll() {
        shuttingDown = true;
        IDLE.values().forEach(idle -> idle.forEach(RenodeProcess::close));
        IDLE.clear();
    }
}
