package qcc.plan;

/** Offsets for the blocks of a {@link PlacementProblem}, by block. */
final class Placement {
    private final long[] offsets;
    private final long arena;

    /** Takes the array over. */
    Placement(long[] offsets, long arena) {
        this.offsets = offsets;
        this.arena = arena;
    }

    long offset(int block) {
        return offsets[block];
    }

    /** The bytes from offset 0 to the end of the highest block. */
    long arena() {
        return arena;
    }

    /** The smaller of two; the first if they are equal. */
    static Placement smaller(Placement a, Placement b) {
        return b.arena < a.arena ? b : a;
    }
}
