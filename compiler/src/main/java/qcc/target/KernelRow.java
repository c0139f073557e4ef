package qcc.target;

import java.util.Map;
import java.util.Optional;

/**
 * A kernel that a target has beside the portable one: the function {@code qcc_NAME} in {@code qcc_NAME.h}.
 *
 * @param operation the integer operation that it computes
 * @param name      of the kernel
 * @param when      the condition on the operation's literals under which it may be used
 * @param scratch   bytes of scratch memory that it needs
 * @param packing   how the weights are laid out for it
 * @param reads     what it still reads once it has begun to write
 * @param weights   what becomes of weights of at most 4 bits
 * @param instructions an estimate of what one run takes; absent where kernels of this operation are not weighed
 * @param tiles     how a cluster works on it; absent for kernels of a single core
 */
public record KernelRow(String operation, String name, Formula when, Formula scratch, Packing packing,
        Reads reads, WeightForm weights, Optional<Formula> instructions, Optional<TileRule> tiles) {
    public KernelRow {
        if (weights == WeightForm.PACKED && !packing.hasFields()) {
            throw new IllegalArgumentException("packed weights have no order `" + packing + "`");
        }
    }

    /** The portable kernel of an operation, where no list describes it. */
    public static KernelRow portable(String operation) {
        return new KernelRow(operation, operation, Formula.parse("1"), Formula.parse("0"), Packing.PLAIN,
                Reads.UNKNOWN, WeightForm.UNPACKED, Optional.empty(), Optional.empty());
    }

    /** True when the kernel can compute an operation with these literals. */
    public boolean accepts(Map<String, Integer> literals) {
        return when.evaluate(literals) != 0;
    }
}
