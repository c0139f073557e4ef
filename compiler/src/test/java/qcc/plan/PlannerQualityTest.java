package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qcc.ir.Graph;

/** Whole graphs: every plan is right, and almost every plan needs no more than the bytes that are alive. */
class PlannerQualityTest {
    private static final int GRAPHS = 200;

    /** Generators with the number of graphs whose plan reaches the lower bound; it can only be raised. */
    enum Kind {
        CHAIN(seed -> RandomGraphs.chain(seed, 5 + seed), 200),
        RESIDUAL(seed -> RandomGraphs.residual(seed, 2 + seed / 4), 200),
        TANGLE(seed -> RandomGraphs.tangle(seed, 5 + seed), 199);

        private final IntFunction<Graph> make;
        private final int atBound;

        Kind(IntFunction<Graph> make, int atBound) {
            this.make = make;
            this.atBound = atBound;
        }
    }

    @ParameterizedTest
    @EnumSource
    void plansAreRightAndReachTheLowerBound(Kind kind) {
        int atBound = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            MemoryPlan plan = checkedPlan(kind.make.apply(seed));
            assertThat(plan.arenaBytes()).as("seed %d", seed).isGreaterThanOrEqualTo(plan.lowerBound());
            atBound += plan.arenaBytes() == plan.lowerBound() ? 1 : 0;
        }
        assertThat(atBound).isGreaterThanOrEqualTo(kind.atBound);
    }

    /** The time limits are far above what is needed, so that a busy machine does not fail them. */
    @Test
    void longChainsTakeNoTime() {
        Graph chain = RandomGraphs.chain(1, 1000);
        MemoryPlan plan = assertTimeout(Duration.ofSeconds(5), () -> checkedPlan(chain));
        assertThat(plan.arenaBytes()).isEqualTo(plan.lowerBound());
    }

    @Test
    void largeTanglesComeToAnEnd() {
        Graph tangle = RandomGraphs.tangle(0, 1000);
        MemoryPlan plan = assertTimeout(Duration.ofSeconds(10), () -> checkedPlan(tangle));
        assertThat(plan.arenaBytes()).isLessThan(plan.lowerBound() * 105 / 100);
    }

    private static MemoryPlan checkedPlan(Graph graph) {
        MemoryPlan plan = MemoryPlanner.plan(graph, TestGraph.KERNELS);
        PlanCheck.require(graph, plan, TestGraph.KERNELS);
        return plan;
    }
}
