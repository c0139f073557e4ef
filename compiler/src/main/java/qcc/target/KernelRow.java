package qcc.target;

import java.util.List;
import java.util.Locale;
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
 * @param factors   by which rules it requantises
 * @param choice    how it stands to other rows that could compute the same
 * @param work      what it does how often; at its prices, which {@link KernelCosts} knows, that is what a run takes
 * @param tiles     how a cluster works on it; absent for kernels of a single core
 */
public record KernelRow(String operation, String name, Formula when, Formula scratch, Packing packing,
        Reads reads, WeightForm weights, FactorForm factors, Choice choice, List<Formula> work,
        Optional<TileRule> tiles) {
    public KernelRow {
        if (weights == WeightForm.PACKED && !packing.hasFields()) {
            throw new IllegalArgumentException("packed weights have no order `" + packing + "`");
        }
        if (choice == Choice.BY_COST && work.isEmpty()) {
            throw new IllegalArgumentException("a kernel is chosen by cost only where `work` says what it does");
        }
        work = List.copyOf(work);
    }

    /** How a kernel is chosen among those that can compute an operation. */
    public enum Choice {
        /** Before all rows behind it. */
        BY_ORDER,
        /** Against the rows next to it that are chosen so, too: by what each costs, as the model's goal says. */
        BY_COST;

        /** As the lists write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The portable kernel of an operation, where no list describes it. */
    public static KernelRow portable(String operation) {
        return new KernelRow(operation, operation, Formula.parse("1"), Formula.parse("0"), Packing.PLAIN,
                Reads.UNKNOWN, WeightForm.UNPACKED, FactorForm.GIVEN, Choice.BY_ORDER, List.of(), Optional.empty());
    }

    /** True when the kernel can compute an operation with these literals. */
    public boolean accepts(Map<String, Integer> literals) {
        return when.evaluate(literals) != 0;
    }
}
