package qcc.gap8;

import java.util.List;

/** Where cores wait for one another: a barrier, and 32 events for each core, which others send. */
final class EventUnit {
    private final List<Core> cores;
    private final int[] pending;
    private final int[] masks;
    private final boolean[] waiting;
    private int team;
    private int arrived;

    /** @param cores that there are, by their number; null for those that there are not */
    EventUnit(List<Core> cores) {
        this.cores = cores;
        pending = new int[cores.size()];
        masks = new int[cores.size()];
        waiting = new boolean[cores.size()];
    }

    Core core(int number) {
        return cores.get(number);
    }

    int team() {
        return team;
    }

    /** Sets which cores a barrier waits for, a bit for each. */
    void setTeam(int set) {
        for (int i = 0; i < 32; i++) {
            if ((set >>> i & 1) != 0 && (i >= cores.size() || cores.get(i) == null)) {
                throw Stop.fault("misuse: a barrier for core " + i + ", which there is not");
            }
        }
        if (arrived != 0) {
            throw Stop.fault("misuse: the team of a barrier is set while cores wait at it");
        }
        team = set;
    }

    /** A core arrives at the barrier: it sleeps, or, as the last one, wakes the others. */
    void arrive(Core core) {
        int self = 1 << core.number();
        if ((team & self) == 0) {
            throw Stop.fault("misuse: " + core.name() + " is not of the barrier's team");
        }
        if ((arrived | self) != team) {
            arrived |= self;
            core.sleep("the barrier");
            return;
        }
        core.spend(Timing.WAKE_UP);
        for (int i = 0; i < cores.size(); i++) {
            if ((arrived >>> i & 1) != 0) {
                cores.get(i).wake(core.end(), 0);
            }
        }
        arrived = 0;
    }

    int mask(Core core) {
        return masks[core.number()];
    }

    void setMask(Core core, int mask) {
        masks[core.number()] = mask;
    }

    /** The events of the core's mask that were sent, which this takes; none, and the core asleep, when there are none. */
    int await(Core core) {
        int number = core.number();
        int sent = pending[number] & masks[number];
        if (sent == 0) {
            waiting[number] = true;
            core.sleep(String.format("events 0x%x", masks[number]));
        }
        pending[number] &= ~sent;
        return sent;
    }

    void send(Core sender, int number, int events) {
        if (number >= cores.size() || cores.get(number) == null) {
            throw Stop.fault("misuse: an event for core " + number + ", which there is not");
        }
        pending[number] |= events;
        int sent = pending[number] & masks[number];
        if (waiting[number] && sent != 0) {
            waiting[number] = false;
            pending[number] &= ~sent;
            cores.get(number).wake(sender.end() + Timing.WAKE_UP, sent);
        }
    }
}
