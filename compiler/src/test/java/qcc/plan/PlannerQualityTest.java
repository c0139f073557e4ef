package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qcc.ir.Graph;

class PlannerQualityTest {
    private static final int GRAPHS = 60;
    private static final int ORDERS = 3000;

    enum Kind {
        CHAIN(seed -> RandomGraphs.chain(seed, 5 + seed), 60),
        RESIDUAL(seed -> RandomGraphs.residual(seed, 2 + seed / 4), 60),
        TANGLE(seed -> RandomGraphs.tangle(seed, 5 + seed / 2), 60);

        private final IntFunction<Graph> make;
        private final int atBound;

        Kind(IntFunction<Graph> make, int atBound) {
            this.make = make;
            this.atBound = atBound;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRightAndAsGoodAsTheBestOfManyRandomOrders(Kind kind) {
        int atBound = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            Graph graph = kind.make.apply(seed);
            MemoryPlan plan = MemoryPlanner.plan(graph, TestGraph::scratchBytes);
            assertThat(PlanCheck.violations(graph, plan, TestGraph::scratchBytes)).as("seed %d", seed).isEmpty();
            assertThat(plan.arenaBytes()).isGreaterThanOrEqualTo(plan.lowerBound());
            if (plan.arenaBytes() == plan.lowerBound()) {
                atBound++;
            } else {
                assertThat(plan.arenaBytes()).as("seed %d", seed).isLessThanOrEqualTo(bestOfRandomOrders(plan, seed));
            }
        }
        System.out.println(kind + " " + atBound);
        assertThat(atBound).as("plans that reach the lower bound").isGreaterThanOrEqualTo(kind.atBound);
    }

    /** Places the storages of the plan by first fit in random orders. */
    private static long bestOfRandomOrders(MemoryPlan plan, int seed) {
        List<Block> blocks = new java.util.ArrayList<>();
        plan.storages().forEach(storage -> blocks.add(new Block(storage.bytes(), storage.lifetime())));
        plan.scratch().values().forEach(scratch -> blocks.add(
                new Block(MemoryPlan.align(scratch.bytes()), new Lifetime(scratch.step(), scratch.step()))));
        PlacementProblem problem = new PlacementProblem(blocks);
        Random random = new Random(seed);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ORDERS; i++) {
            List<Integer> order = new java.util.ArrayList<>(IntStream.range(0, problem.size()).boxed().toList());
            java.util.Collections.shuffle(order, random);
            int[] array = order.stream().mapToInt(Integer::intValue).toArray();
            best = Math.min(best, GreedyPlacement.of(problem, array, GreedyPlacement.Fit.LOWEST).arena());
        }
        return best;
    }

    @Test
    void timing() {
        for (int seed = 0; seed < 12; seed++) {
            for (Graph graph : List.of(RandomGraphs.tangle(1000 + seed, 200), RandomGraphs.residual(seed, 60),
                    RandomGraphs.chain(seed, 1000), RandomGraphs.tangle(seed, 1000))) {
                long start = System.nanoTime();
                MemoryPlan plan = MemoryPlanner.plan(graph, TestGraph::scratchBytes);
                System.out.printf("n=%d arena %d bound %d %.3f s%n", graph.nodes().size(), plan.arenaBytes(),
                        plan.lowerBound(), (System.nanoTime() - start) / 1e9);
                assertThat(PlanCheck.violations(graph, plan, TestGraph::scratchBytes)).isEmpty();
            }
        }
    }
}
