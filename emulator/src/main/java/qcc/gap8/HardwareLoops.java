package qcc.gap8;

/**
 * The two hardware loops of a core. Loop 0 is the inner one. A loop's count is that of the passes that are left, and a
 * count of 0 lets execution run on past the end.
 */
final class HardwareLoops {
    private static final int NEVER = -1;

    private final Code code;
    private final int[] start = new int[2];
    private final int[] end = new int[2];
    private final int[] count = new int[2];
    /** The ends of the loops that have passes left, else an address that no instruction has. */
    private int armed0 = NEVER;
    private int armed1 = NEVER;

    HardwareLoops(Code code) {
        this.code = code;
    }

    void setUp(int loop, int newStart, int newEnd, int newCount) {
        start[loop] = newStart;
        end[loop] = newEnd;
        setCount(loop, newCount);
        code.checkLoop(newStart, newEnd);
    }

    void setStart(int loop, int address) {
        start[loop] = address;
    }

    void setEnd(int loop, int address) {
        end[loop] = address;
        arm();
    }

    void setCount(int loop, int passes) {
        count[loop] = passes;
        arm();
        if (count[0] != 0 && count[1] != 0 && start[0] <= end[1] && start[1] <= end[0]
                && (start[0] < start[1] || end[0] > end[1])) {
            throw Stop.fault("misuse: hardware loop 0, " + range(0) + ", is not inside loop 1, " + range(1));
        }
    }

    /** Whether a loop that has passes left may end with this instruction. */
    boolean isEnd(int pc) {
        return pc == armed0 || pc == armed1;
    }

    /** Where execution goes on after the instruction at {@code pc}, of which {@link #isEnd} holds. */
    int after(int pc, int next) {
        for (int loop = 0; loop < 2; loop++) {
            if (count[loop] != 0 && end[loop] == pc) {
                code.checkLoop(start[loop], pc);
                count[loop]--;
                arm();
                if (count[loop] != 0) {
                    return start[loop];
                }
            }
        }
        return next;
    }

    private void arm() {
        armed0 = count[0] == 0 ? NEVER : end[0];
        armed1 = count[1] == 0 ? NEVER : end[1];
    }

    private String range(int loop) {
        return Memory.hex(start[loop]) + " to " + Memory.hex(end[loop]);
    }
}
