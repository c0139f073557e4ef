package qcc.search;

import java.util.OptionalLong;

/**
 * What a firmware may cost; absent: as much as it likes.
 *
 * @param flashBytes   loaded sections of the linked firmware
 * @param ramBytes     writable sections of the linked firmware, without the stack
 * @param instructions of one run, as {@code qcc profile} counts them
 */
public record BitBudget(OptionalLong flashBytes, OptionalLong ramBytes, OptionalLong instructions) {

    /** True when something of this cost is allowed. */
    boolean admits(Expense expense) {
        return expense.flashBytes() <= flashBytes.orElse(Long.MAX_VALUE)
                && expense.ramBytes() <= ramBytes.orElse(Long.MAX_VALUE)
                && (instructions.isEmpty() || expense.instructions() <= instructions.getAsLong());
    }
}
