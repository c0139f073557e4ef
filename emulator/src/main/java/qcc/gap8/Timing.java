package qcc.gap8;

/**
 * The cycle rules. Every instruction takes one cycle, and in addition what is named here. Of the memories, only the
 * banks of L1 make a core wait for another one; there is no model of the instruction caches, so code that runs for the
 * first time comes out too fast.
 */
final class Timing {
    /** The next instruction uses the result of a load or dot product, or a register that was incremented. */
    static final int LATE_RESULT = 1;
    static final int TAKEN_BRANCH = 2;
    static final int JUMP = 1;
    /** A jump to a register that the instruction before it has written. */
    static final int JUMP_TO_LATE_REGISTER = 3;
    /** The upper half of a product. */
    static final int MULTIPLY_HIGH = 4;
    /** A division, beside the leading zeroes of its divisor's magnitude: up to 35 in all. */
    static final int DIVIDE = 2;
    /** Data that are in two words. */
    static final int MISALIGNED_STORE = 1;
    static final int MISALIGNED_LOAD = 2;

    /** From the last core that reaches a barrier, or an event, until those that sleep go on. Our assumption. */
    static final int WAKE_UP = 4;
    /** A cluster core's access to L2, or the fabric controller's to L1: by way of two interconnects. Our assumption. */
    static final int REMOTE_ACCESS = 10;
    /** An access to a register of the event unit, DMA or timer. Our assumption. */
    static final int DEVICE_ACCESS = 1;

    /** DMA: cycles from the command to the first byte; 64 bytes take 40 cycles in all. */
    static final int DMA_LATENCY = 21;
    private static final int DMA_BYTES_PER_10_CYCLES = 34;

    private Timing() {
    }

    static int division(int divisor) {
        return DIVIDE + Integer.numberOfLeadingZeros(Math.abs(divisor));
    }

    static int unsignedDivision(int divisor) {
        return DIVIDE + Integer.numberOfLeadingZeros(divisor);
    }

    /** Cycles in which the DMA moves that many bytes. */
    static long dmaTransfer(long bytes) {
        return (bytes * 10 + DMA_BYTES_PER_10_CYCLES - 1) / DMA_BYTES_PER_10_CYCLES;
    }
}
