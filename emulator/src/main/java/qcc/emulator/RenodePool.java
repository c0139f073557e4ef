package qcc.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The Renode processes that wait for their next firmware. Starting one takes seconds, a further firmware in it tenths of
 * a second. Each serves one caller at a time; those that wait are ended with the JVM.
 */
final class RenodePool {
    private static final int MAX_IDLE = 2;
    private static final Map<Path, Deque<RenodeProcess>> IDLE = new HashMap<>();
    private static boolean shuttingDown;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(RenodePool::closeAll, "qcc-renode"));
    }

    private RenodePool() {
    }

    /** A process that nobody else uses, a new one if need be. It must be given back or closed. */
    static RenodeProcess take(Path launcher) {
        for (RenodeProcess idle = poll(launcher); idle != null; idle = poll(launcher)) {
            if (idle.isAlive()) {
                return idle;
            }
            idle.close();
        }
        return RenodeProcess.start(launcher);
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
