package qcc.emulator;

import java.util.List;

/** How much stack a function needs, together with all it calls. */
public sealed interface StackBound {

    /** The calls that lead there, from the function asked about; names as a reader of the source knows them. */
    List<String> calls();

    /**
     * It never needs more than this.
     *
     * @param bytes the worst case; interrupts and what the caller pushes are not in it
     * @param calls the chain of calls that needs the most
     */
    record Bounded(long bytes, List<String> calls) implements StackBound {
        public Bounded {
            calls = List.copyOf(calls);
        }
    }

    /**
     * No bound is known.
     *
     * @param reason why, in one sentence
     * @param calls  the chain of calls that ends at the cause
     */
    record Unknown(String reason, List<String> calls) implements StackBound {
        public Unknown {
            calls = List.copyOf(calls);
        }
    }
}
