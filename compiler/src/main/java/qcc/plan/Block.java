package qcc.plan;

/**
 * Something that needs a place in the arena.
 *
 * @param bytes    its length, a positive multiple of the alignment
 * @param lifetime the steps during which nothing else may use its place
 */
record Block(long bytes, Lifetime lifetime) {
    Block {
        if (bytes <= 0 || bytes % MemoryPlan.ALIGNMENT != 0) {
            throw new IllegalArgumentException("block of " + bytes + " bytes");
        }
    }
}
