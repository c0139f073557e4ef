package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArenaUseTest {
    private static MemoryPlan.Storage storage(long offset, long bytes, int first, int last) {
        return new MemoryPlan.Storage(offset, bytes, new Lifetime(first, last), List.of());
    }

    /** Shared bytes, gaps, working memory that is not aligned, and steps in which nothing lives. */
    @Test
    void sharedBytesCountOnce() {
        MemoryPlan plan = new MemoryPlan(100, 0, List.of(storage(0, 40, -1, 1), storage(20, 40, 1, 2),
                storage(80, 20, 1, 1)), Map.of("n", new MemoryPlan.Scratch(2, 64, 5)));
        assertThat(List.of(-1, 0, 1, 2, 3)).extracting(step -> ArenaUse.bytes(plan, step))
                .containsExactly(40L, 40L, 80L, 45L, 0L);
    }
}
