package qcc.gap8;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Copies between L2 and L1 while the cores go on, one transfer after the other in the order of their commands; their
 * latencies overlap. The bytes change place all at once, when a transfer ends: who does not wait for it finds the old
 * ones. Its accesses to the banks of L1 do not hold up the cores.
 */
final class Dma {
    static final int MAX_SIZE = 0xFFFF;
    private static final int QUEUE = 16;

    private final Memory memory;
    private final Deque<Transfer> queue = new ArrayDeque<>();
    /** The transfer that each core waits for, 0 for none. */
    private final int[] awaited = new int[Core.FABRIC_CONTROLLER + 1];
    private int started;
    private int finished;
    /** The cycle in which the last transfer of the queue ends. */
    private long busyUntil;
    private long bytes;
    private long busyCycles;

    /**
     * A transfer.
     *
     * @param external first address in L2
     * @param local    first address in L1
     * @param size     bytes in all, 1 to {@link #MAX_SIZE}
     * @param length   bytes of a line in L2; {@code size} for a transfer that has no lines
     * @param stride   bytes from the beginning of a line in L2 to the next one
     * @param toL2     the direction
     */
    record Command(int external, int local, int size, int length, int stride, boolean toL2) {
    }

    private record Transfer(Command command, long end) {
    }

    Dma(Memory memory) {
        this.memory = memory;
    }

    /** Queues a transfer and returns its number, from 1 on. */
    int start(Core core, Command command) {
        check(command);
        if (queue.size() == QUEUE) {
            throw Stop.fault("misuse: more than " + QUEUE + " DMA transfers at a time");
        }
        long duration = Timing.dmaTransfer(command.size());
        busyUntil = Math.max(core.end() + Timing.DMA_LATENCY, busyUntil) + duration;
        busyCycles += duration;
        bytes += command.size();
        queue.add(new Transfer(command, busyUntil));
        return ++started;
    }

    private static void check(Command command) {
        int size = command.size();
        if (size < 1 || size > MAX_SIZE) {
            throw Stop.fault("misuse: a DMA transfer of " + size + " bytes; there can be 1 to " + MAX_SIZE);
        }
        if (command.length() < 1 || command.length() > size) {
            throw Stop.fault("misuse: a DMA transfer of " + size + " bytes in lines of " + command.length());
        }
        if (!Memory.isL1(command.local(), size)) {
            throw Stop.fault("misuse: a DMA transfer of " + size + " bytes at " + Memory.hex(command.local())
                    + ", not all of them in L1");
        }
        int lines = (size + command.length() - 1) / command.length();
        for (int line = 0; line < lines; line++) {
            int address = command.external() + line * command.stride();
            int count = Math.min(command.length(), size - line * command.length());
            if (!Memory.isL2(address, count)) {
                throw Stop.fault("misuse: a DMA transfer of " + count + " bytes at " + Memory.hex(address)
                        + ", not all of them in L2");
            }
        }
    }

    /** The core goes on when the transfer has ended. */
    void await(Core core, int number) {
        if (number < 1 || number > started) {
            throw Stop.fault("misuse: a wait for DMA transfer " + number + " of " + started);
        }
        if (number > finished) {
            awaited[core.number()] = number;
            core.sleep("DMA transfer " + number);
        }
    }

    /** The cycle in which the next transfer ends, {@link Core#ASLEEP} when there is none. */
    long nextEnd() {
        return queue.isEmpty() ? Core.ASLEEP : queue.peek().end();
    }

    /** Ends the transfers that end until then. */
    void advance(long now, EventUnit events) {
        while (nextEnd() <= now) {
            Transfer transfer = queue.remove();
            copy(transfer.command());
            finished++;
            for (int core = 0; core < awaited.length; core++) {
                if (awaited[core] != 0 && awaited[core] <= finished) {
                    awaited[core] = 0;
                    events.core(core).wake(transfer.end() + Timing.WAKE_UP, 0);
                }
            }
        }
    }

    private void copy(Command command) {
        int local = Memory.index(command.local(), command.size());
        for (int done = 0, line = 0; done < command.size(); done += command.length(), line++) {
            int count = Math.min(command.length(), command.size() - done);
            int external = Memory.index(command.external() + line * command.stride(), count);
            if (command.toL2()) {
                memory.copy(local + done, external, count);
            } else {
                memory.copy(external, local + done, count);
            }
        }
    }

    int finished() {
        return finished;
    }

    /** Bytes of all transfers that were started. */
    long bytes() {
        return bytes;
    }

    /** Cycles in which bytes were on their way, without latencies. */
    long busyCycles() {
        return busyCycles;
    }
}
