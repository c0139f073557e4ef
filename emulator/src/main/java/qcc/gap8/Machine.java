package qcc.gap8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The chip: fabric controller, cluster, memories and devices, on one clock. In every cycle the cores whose next
 * instruction is due execute it, one after the other, beginning with another core in every cycle; so a run depends on
 * the firmware alone. All cores start at the firmware's entry in cycle 0, and mhartid tells them apart.
 */
final class Machine {
    private final Memory memory = new Memory();
    private final Code code = new Code(memory);
    private final Banks banks = new Banks();
    private final Devices devices = new Devices(this);
    private final Dma dma = new Dma(memory);
    private final List<Core> cores;
    /** The cores that there are. */
    private final Core[] present;
    private final EventUnit events;
    private final Semihosting semihosting;
    private final int clusterCores;
    private Observer observer;
    private Core stoppedAt;
    private long now;
    private boolean rescheduled;

    /**
     * @param clusterCores number of cores of the cluster, 1 to 8
     * @param console      gets what the firmware prints
     * @param directory    where relative paths of files start that the firmware opens
     */
    Machine(int clusterCores, int entry, PrintStream console, Path directory) {
        this.clusterCores = clusterCores;
        semihosting = new Semihosting(memory, console, directory);
        List<Core> numbered = new ArrayList<>(Collections.nCopies(Core.FABRIC_CONTROLLER + 1, null));
        for (int i = 0; i < clusterCores; i++) {
            numbered.set(i, new Core(i, this, entry));
        }
        numbered.set(Core.FABRIC_CONTROLLER, new Core(Core.FABRIC_CONTROLLER, this, entry));
        cores = Collections.unmodifiableList(numbered);
        present = numbered.stream().filter(core -> core != null).toArray(Core[]::new);
        events = new EventUnit(cores);
    }

    /** From now on; null for none. */
    void observe(Observer newObserver) {
        observer = newObserver;
    }

    /**
     * Runs until the firmware exits.
     *
     * @param maxCycles the last cycle in which an instruction may begin
     * @return what it exits with, 0 to 255
     * @throws Stop when it cannot go on; {@link #stoppedAt} then is the core, if it is one core's fault
     */
    int run(long maxCycles) {
        while (semihosting.exitCode() < 0) {
            now = Math.min(earliest(), dma.nextEnd());
            if (now == Core.ASLEEP) {
                throw deadlock();
            }
            if (now > maxCycles) {
                throw new Stop(Stop.Kind.LIMIT, "the firmware has not ended in " + maxCycles + " cycles");
            }
            dma.advance(now, events);
            Core only = onlyAwake();
            if (only != null) {
                burst(only, Math.min(dma.nextEnd(), maxCycles));
            } else {
                cycle();
            }
        }
        return semihosting.exitCode();
    }

    private long earliest() {
        long earliest = Core.ASLEEP;
        for (Core core : present) {
            earliest = Math.min(earliest, core.time());
        }
        return earliest;
    }

    private Core onlyAwake() {
        Core only = null;
        for (Core core : present) {
            if (!core.isAsleep()) {
                if (only != null) {
                    return null;
                }
                only = core;
            }
        }
        return only;
    }

    /** One core alone, until it has to be seen whether another one or the DMA is due. */
    private void burst(Core core, long until) {
        stoppedAt = core;
        rescheduled = false;
        do {
            core.step();
        } while (core.time() < until && semihosting.exitCode() < 0 && !rescheduled);
        stoppedAt = null;
    }

    private void cycle() {
        int first = (int) (now % present.length);
        for (int i = 0; i < present.length && semihosting.exitCode() < 0; i++) {
            Core core = present[first + i < present.length ? first + i : first + i - present.length];
            if (core.time() == now) {
                stoppedAt = core;
                core.step();
            }
        }
        stoppedAt = null;
    }

    private Stop deadlock() {
        StringBuilder text = new StringBuilder("every core waits");
        for (Core core : present) {
            text.append("; ").append(core.name()).append(" at ").append(Memory.hex(core.pc())).append(" for ")
                    .append(core.waitsFor());
        }
        return new Stop(Stop.Kind.DEADLOCK, text.toString());
    }

    /** Another core or the DMA may be due sooner than a core that runs alone knows. */
    void reschedule() {
        rescheduled = true;
    }

    void executed(Core core, int pc, int slot, int cost) {
        if (observer != null) {
            observer.executed(core, pc, slot, cost);
        }
    }

    /** The core whose instruction has stopped the machine, or null. */
    Core stoppedAt() {
        return stoppedAt;
    }

    /** The cycle that the machine has come to. */
    long now() {
        return now;
    }

    int clusterCores() {
        return clusterCores;
    }

    /** The core of a number, or null when there is none; 8 is the fabric controller. */
    Core core(int number) {
        return cores.get(number);
    }

    List<Core> present() {
        return List.of(present);
    }

    Memory memory() {
        return memory;
    }

    Code code() {
        return code;
    }

    Banks banks() {
        return banks;
    }

    Devices devices() {
        return devices;
    }

    Dma dma() {
        return dma;
    }

    EventUnit events() {
        return events;
    }

    Semihosting semihosting() {
        return semihosting;
    }
}
