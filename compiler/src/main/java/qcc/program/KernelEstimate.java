package qcc.program;

import java.util.OptionalLong;
import qcc.target.Target;

/** What the target's costs say that a step takes, before anybody counts. */
public final class KernelEstimate {
    private KernelEstimate() {
    }

    /**
     * In the unit of the target's counter, for code as projects are compiled (-O2); absent where the target does not know
     * the kernel's costs.
     */
    public static OptionalLong of(Step step, Target target) {
        return step.tile().map(tile -> OptionalLong.of(tile.cycles()))
                .orElseGet(() -> target.costs().of(step.kernel(), LayerFacts.of(step)));
    }
}
