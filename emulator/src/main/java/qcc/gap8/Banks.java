package qcc.gap8;

/**
 * The banks of L1: consecutive words are in consecutive banks, and a bank serves one access in a cycle. Who comes later
 * waits its turn; who comes in the same cycle is served in the order in which {@link Machine} asks the cores.
 */
final class Banks {
    static final int COUNT = 16;

    /** The first cycle in which a bank is free. */
    private final long[] free = new long[COUNT];

    /** Takes the bank of a word; returns for how many cycles after {@code now} the access has to wait. */
    int take(int address, long now) {
        int bank = address >>> 2 & COUNT - 1;
        long granted = Math.max(now, free[bank]);
        free[bank] = granted + 1;
        return (int) (granted - now);
    }
}
